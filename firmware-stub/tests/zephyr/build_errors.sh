#!/bin/sh
# Usage: build_errors.sh DIRECTORY COMPILER ARGUMENT...
# A configuration that cannot work is one build error that says what to do, and no other error beside it.
directory=$1
shift
compile="$* -include $directory/case.h -fsyntax-only"
failed=0

# expect FILE MESSAGE; standard input has the preprocessor lines by which the configuration differs
expect() {
    cat >"$directory/case.h"
    errors=$(LC_ALL=C $compile "platform/zephyr/module/src/$1" 2>&1 | grep 'error:')
    case $errors in
    *error:*error:*) ;;
    *"$2"*) return ;;
    esac
    printf 'zephyr, build errors: %s, expected the one error "%s":\n%s\n' "$1" "$2" "$errors" >&2
    failed=1
}

expect stub.c 'dev-fotabridge,stub-uart = &uart0' <<END
#include <zephyr/devicetree.h>
#undef FAKE_HAS_CHOSEN_dev_fotabridge_stub_uart
END
expect stub.c 'set CONFIG_UART_CONSOLE=n' <<END
#define CONFIG_UART_CONSOLE 1
#define FAKE_HAS_CHOSEN_zephyr_console 1
#define FAKE_CHOSEN_zephyr_console fake_uart
END
expect stub.c 'CONFIG_UART_0_NRF_ASYNC_LOW_POWER=y' <<END
#undef CONFIG_UART_0_NRF_ASYNC_LOW_POWER
END
expect stub.c 'CONFIG_UART_0_NRF_HW_ASYNC=y' <<END
#undef CONFIG_UART_0_NRF_HW_ASYNC
END
expect running.c 'SB_CONFIG_PARTITION_MANAGER' <<END
#undef USE_PARTITION_MANAGER
#undef PM_MCUBOOT_PAD_ADDRESS
#undef PM_MCUBOOT_PAD_SIZE
#undef PM_APP_ADDRESS
#undef PM_APP_SIZE
END
expect slot.c 'partial erase writes a secure register' <<END
#define CONFIG_SOC_FLASH_NRF_PARTIAL_ERASE 1
END
expect watchdog.c 'too short for flash that is erased' <<END
#undef CONFIG_FOTA_BRIDGE_STUB_WATCHDOG_MS
#define CONFIG_FOTA_BRIDGE_STUB_WATCHDOG_MS 800
END
expect watchdog.c 'alias watchdog0' <<END
#include <zephyr/devicetree.h>
#undef FAKE_EXISTS_fake_watchdog
END
exit $failed
