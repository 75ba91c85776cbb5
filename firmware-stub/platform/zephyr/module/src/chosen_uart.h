/* STUB_UART: the UART that the devicetree chooses, and what of its configuration would not work, said at build time. */
#ifndef FOTA_BRIDGE_CHOSEN_UART_H
#define FOTA_BRIDGE_CHOSEN_UART_H

#include <zephyr/device.h>
#include <zephyr/devicetree.h>
#include <zephyr/sys/util.h>

#if DT_HAS_CHOSEN(dev_fotabridge_stub_uart)
#define STUB_UART DEVICE_DT_GET(DT_CHOSEN(dev_fotabridge_stub_uart))
#define STUB_UART_IS(node) DT_SAME_NODE(node, DT_CHOSEN(dev_fotabridge_stub_uart))
#else
BUILD_ASSERT(0, "no UART for the stub: put  / { chosen { dev-fotabridge,stub-uart = &uart0; }; };  into an overlay");
#define STUB_UART NULL
#define STUB_UART_IS(node) 0
#endif

#if defined(CONFIG_UART_CONSOLE) && DT_HAS_CHOSEN(zephyr_console)
BUILD_ASSERT(!STUB_UART_IS(DT_CHOSEN(zephyr_console)),
             "the console is on the stub's UART: set CONFIG_UART_CONSOLE=n or choose another UART");
#endif

/* The nRF driver that counts received bytes itself: the only one up to nRF Connect SDK 2.7, but for its newer shim. */
#if defined(CONFIG_UART_NRFX_UARTE) && !defined(CONFIG_UART_NRFX_UARTE_ENHANCED_RX) &&                                 \
    (defined(CONFIG_UART_NRFX_UARTE_LEGACY_SHIM) || !defined(CONFIG_NRFX_UARTE))
#define STUB_UART_COUNTS(number)                                                                                       \
    BUILD_ASSERT(!STUB_UART_IS(DT_NODELABEL(uart##number)) ||                                                          \
                     (IS_ENABLED(CONFIG_UART_##number##_NRF_HW_ASYNC) &&                                               \
                      IS_ENABLED(CONFIG_UART_##number##_NRF_ASYNC_LOW_POWER)),                                         \
                 "the stub's UART needs CONFIG_UART_" #number "_NRF_HW_ASYNC=y with a timer, and CONFIG_UART_" #number \
                 "_NRF_ASYNC_LOW_POWER=y")
#if DT_NODE_EXISTS(DT_NODELABEL(uart0))
STUB_UART_COUNTS(0);
#endif
#if DT_NODE_EXISTS(DT_NODELABEL(uart1))
STUB_UART_COUNTS(1);
#endif
#if DT_NODE_EXISTS(DT_NODELABEL(uart2))
STUB_UART_COUNTS(2);
#endif
#if DT_NODE_EXISTS(DT_NODELABEL(uart3))
STUB_UART_COUNTS(3);
#endif
#endif

#endif
