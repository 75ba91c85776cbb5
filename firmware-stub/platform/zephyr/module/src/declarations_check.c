/*
 * What the glue uses of Zephyr, MCUboot and the modem library, said a second time: compiled against the SDK's headers
 * (CONFIG_FOTA_BRIDGE_STUB_CHECK_DECLARATIONS) and against those of tests/zephyr/include, so that the two cannot differ
 * in any of it. A line that does not hold stops the build.
 */
#include <zephyr/device.h>
#include <zephyr/dfu/mcuboot.h>
#include <zephyr/drivers/entropy.h>
#include <zephyr/drivers/flash.h>
#include <zephyr/drivers/hwinfo.h>
#include <zephyr/drivers/uart.h>
#include <zephyr/drivers/watchdog.h>
#include <zephyr/init.h>
#include <zephyr/kernel.h>
#include <zephyr/storage/flash_map.h>
#include <zephyr/sys/byteorder.h>
#include <zephyr/sys/reboot.h>

#define SAME(type, expression)                                                                                         \
    _Static_assert(__builtin_types_compatible_p(type, __typeof__(expression)), #expression " is another type")
#define FUNCTION(name, ...) SAME(__VA_ARGS__, &(name))
#define FIELD(structure, field, type) SAME(type, ((structure *)0)->field)
#define VALUE(wanted, name) _Static_assert((name) == (wanted), #name " has another value")

/* ---- kernel ---- */

FUNCTION(k_sleep, int32_t (*)(k_timeout_t));
FUNCTION(k_uptime_get_32, uint32_t (*)(void));
FUNCTION(k_sem_take, int (*)(struct k_sem *, k_timeout_t));
FUNCTION(k_sem_give, void (*)(struct k_sem *));
FUNCTION(k_thread_name_set, int (*)(k_tid_t, const char *));
FUNCTION(k_thread_create, k_tid_t (*)(struct k_thread *, k_thread_stack_t *, size_t, k_thread_entry_t, void *, void *,
                                      void *, int, uint32_t, k_timeout_t));
FUNCTION(k_thread_join, int (*)(struct k_thread *, k_timeout_t));
SAME(k_tid_t, k_current_get());
FUNCTION(k_timer_start, void (*)(struct k_timer *, k_timeout_t, k_timeout_t));
SAME(struct k_thread *, (k_tid_t)0);
SAME(void (*)(struct k_timer *), (k_timer_expiry_t)0);
SAME(void (*)(void *, void *, void *), (k_thread_entry_t)0);
SAME(unsigned int, irq_lock());
SAME(k_timeout_t, K_MSEC(1));
SAME(k_timeout_t, K_NO_WAIT);
SAME(k_timeout_t, K_FOREVER);
FUNCTION(device_is_ready, bool (*)(const struct device *));
FUNCTION(sys_get_le16, uint16_t (*)(const uint8_t *));
FUNCTION(sys_get_le32, uint32_t (*)(const uint8_t *));
VALUE(1, SYS_REBOOT_COLD);

#if defined(CONFIG_CLOCK_CONTROL_NRF)
#include <zephyr/drivers/clock_control/nrf_clock_control.h>

FUNCTION(z_nrf_clock_control_get_onoff, struct onoff_manager *(*)(clock_control_subsys_t));
FUNCTION(onoff_cancel_or_release, int (*)(struct onoff_manager *, struct onoff_client *));
FUNCTION(onoff_request, int (*)(struct onoff_manager *, struct onoff_client *));
FUNCTION(sys_notify_init_spinwait, void (*)(struct sys_notify *));
FIELD(struct onoff_client, notify, struct sys_notify);
#endif

/* ---- UART ---- */

FUNCTION(uart_callback_set, int (*)(const struct device *, uart_callback_t, void *));
FUNCTION(uart_tx, int (*)(const struct device *, const uint8_t *, size_t, int32_t));
FUNCTION(uart_tx_abort, int (*)(const struct device *));
FUNCTION(uart_rx_enable, int (*)(const struct device *, uint8_t *, size_t, int32_t));
FUNCTION(uart_rx_buf_rsp, int (*)(const struct device *, uint8_t *, size_t));
FUNCTION(uart_rx_disable, int (*)(const struct device *));
FUNCTION(uart_configure, int (*)(const struct device *, const struct uart_config *));
FUNCTION(uart_config_get, int (*)(const struct device *, struct uart_config *));
SAME(void (*)(const struct device *, struct uart_event *, void *), (uart_callback_t)0);
FIELD(struct uart_event, type, enum uart_event_type);
FIELD(struct uart_event, data.tx.buf, const uint8_t *);
FIELD(struct uart_event, data.tx.len, size_t);
FIELD(struct uart_event, data.rx.buf, uint8_t *);
FIELD(struct uart_event, data.rx.offset, size_t);
FIELD(struct uart_event, data.rx.len, size_t);
FIELD(struct uart_event, data.rx_buf.buf, uint8_t *);
FIELD(struct uart_event, data.rx_stop.reason, enum uart_rx_stop_reason);
FIELD(struct uart_config, baudrate, uint32_t);
FIELD(struct uart_config, flow_ctrl, uint8_t);
VALUE(0, UART_TX_DONE);
VALUE(1, UART_TX_ABORTED);
VALUE(2, UART_RX_RDY);
VALUE(3, UART_RX_BUF_REQUEST);
VALUE(4, UART_RX_BUF_RELEASED);
VALUE(5, UART_RX_DISABLED);
VALUE(6, UART_RX_STOPPED);
VALUE(0, UART_CFG_FLOW_CTRL_NONE);
VALUE(1, UART_CFG_FLOW_CTRL_RTS_CTS);

/* ---- watchdog ---- */

FUNCTION(wdt_install_timeout, int (*)(const struct device *, const struct wdt_timeout_cfg *));
FUNCTION(wdt_setup, int (*)(const struct device *, uint8_t));
FUNCTION(wdt_feed, int (*)(const struct device *, int));
FIELD(struct wdt_timeout_cfg, window.min, uint32_t);
FIELD(struct wdt_timeout_cfg, window.max, uint32_t);
FIELD(struct wdt_timeout_cfg, flags, uint8_t);
VALUE(2, WDT_FLAG_RESET_SOC);
VALUE(2, WDT_OPT_PAUSE_HALTED_BY_DBG);

/* ---- flash and MCUboot ---- */

FUNCTION(flash_area_open, int (*)(uint8_t, const struct flash_area **));
FUNCTION(flash_area_read, int (*)(const struct flash_area *, off_t, void *, size_t));
FUNCTION(flash_area_write, int (*)(const struct flash_area *, off_t, const void *, size_t));
FUNCTION(flash_area_erase, int (*)(const struct flash_area *, off_t, size_t));
FUNCTION(flash_area_align, uint32_t (*)(const struct flash_area *));
FUNCTION(flash_area_erased_val, uint8_t (*)(const struct flash_area *));
FUNCTION(flash_area_get_device, const struct device *(*)(const struct flash_area *));
FUNCTION(flash_get_page_info_by_offs, int (*)(const struct device *, off_t, struct flash_pages_info *));
FIELD(struct flash_area, fa_off, off_t);
FIELD(struct flash_area, fa_size, size_t);
FIELD(struct flash_pages_info, size, size_t);
FUNCTION(boot_is_img_confirmed, bool (*)(void));
FUNCTION(boot_write_img_confirmed, int (*)(void));
FUNCTION(mcuboot_swap_type, int (*)(void));
FUNCTION(boot_request_upgrade, int (*)(int));
VALUE(1, BOOT_SWAP_TYPE_NONE);
VALUE(2, BOOT_SWAP_TYPE_TEST);
VALUE(3, BOOT_SWAP_TYPE_PERM);
VALUE(4, BOOT_SWAP_TYPE_REVERT);
VALUE(5, BOOT_SWAP_TYPE_FAIL);
VALUE(0, BOOT_UPGRADE_TEST);
VALUE(1, BOOT_UPGRADE_PERMANENT);
FUNCTION(entropy_get_entropy, int (*)(const struct device *, uint8_t *, uint16_t));
#if defined(CONFIG_HWINFO)
FUNCTION(hwinfo_get_device_id, ssize_t (*)(uint8_t *, size_t));
#endif

/* ---- modem ---- */

#if defined(CONFIG_FOTA_BRIDGE_STUB_MODEM)
#include <modem/nrf_modem_lib.h>
#include <nrf_errno.h>
#include <nrf_modem.h>
#include <nrf_modem_at.h>
#include <nrf_modem_delta_dfu.h>

#include "stub/modem.h"

FUNCTION(nrf_modem_is_initialized, bool (*)(void));
FUNCTION(nrf_modem_lib_init, int (*)(void));
FUNCTION(nrf_modem_lib_shutdown, int (*)(void));
FUNCTION(nrf_modem_at_printf, int (*)(const char *, ...));
FUNCTION(nrf_modem_at_cmd, int (*)(void *, size_t, const char *, ...));
FUNCTION(nrf_modem_delta_dfu_uuid, int (*)(struct nrf_modem_delta_dfu_uuid *));
FUNCTION(nrf_modem_delta_dfu_offset, int (*)(size_t *));
FUNCTION(nrf_modem_delta_dfu_area, int (*)(size_t *));
FUNCTION(nrf_modem_delta_dfu_write_init, int (*)(void));
FUNCTION(nrf_modem_delta_dfu_write, int (*)(const void *, size_t));
FUNCTION(nrf_modem_delta_dfu_write_done, int (*)(void));
FUNCTION(nrf_modem_delta_dfu_erase, int (*)(void));
FUNCTION(nrf_modem_delta_dfu_update, int (*)(void));
FIELD(struct nrf_modem_lib_dfu_cb, callback, void (*)(int, void *));
FIELD(struct nrf_modem_delta_dfu_uuid, data, uint8_t[STUB_MODEM_UUID_SIZE]);
VALUE(1, NRF_EPERM);
VALUE(120, NRF_EALREADY);
VALUE(STUB_MODEM_OFFSET_DIRTY, NRF_MODEM_DELTA_DFU_OFFSET_DIRTY);
VALUE(STUB_MODEM_RESULT_OK, NRF_MODEM_DFU_RESULT_OK);
VALUE(STUB_MODEM_RESULT_INTERNAL, NRF_MODEM_DFU_RESULT_INTERNAL_ERROR);
VALUE(STUB_MODEM_RESULT_HARDWARE, NRF_MODEM_DFU_RESULT_HARDWARE_ERROR);
VALUE(STUB_MODEM_RESULT_AUTH, NRF_MODEM_DFU_RESULT_AUTH_ERROR);
VALUE(STUB_MODEM_RESULT_UUID, NRF_MODEM_DFU_RESULT_UUID_ERROR);
VALUE(STUB_MODEM_RESULT_VOLTAGE_LOW, NRF_MODEM_DFU_RESULT_VOLTAGE_LOW);
VALUE(STUB_MODEM_NO_MEMORY, NRF_MODEM_DELTA_DFU_RECEIVER_OUT_OF_MEMORY);
VALUE(STUB_MODEM_BLOCK_TOO_LARGE, NRF_MODEM_DELTA_DFU_RECEIVER_BLOCK_TOO_LARGE);
VALUE(STUB_MODEM_INVALID_HEADER, NRF_MODEM_DELTA_DFU_INVALID_HEADER_DATA);
VALUE(STUB_MODEM_INVALID_DATA, NRF_MODEM_DELTA_DFU_INVALID_DATA);
VALUE(STUB_MODEM_INVALID_UUID, NRF_MODEM_DELTA_DFU_INVALID_UUID);
VALUE(STUB_MODEM_INVALID_ADDRESS, NRF_MODEM_DELTA_DFU_INVALID_ADDRESS);
VALUE(STUB_MODEM_AREA_NOT_BLANK, NRF_MODEM_DELTA_DFU_AREA_NOT_BLANK);
VALUE(STUB_MODEM_WRITE_FAILED, NRF_MODEM_DELTA_DFU_WRITE_ERROR);
VALUE(STUB_MODEM_ERASE_FAILED, NRF_MODEM_DELTA_DFU_ERASE_ERROR);
VALUE(STUB_MODEM_INVALID_FILE_OFFSET, NRF_MODEM_DELTA_DFU_INVALID_FILE_OFFSET);
VALUE(STUB_MODEM_PROGRESS_LOG, NRF_MODEM_DELTA_DFU_PROGRESS_LOG_INVALID);
VALUE(STUB_MODEM_INVALID_RESUME, NRF_MODEM_DELTA_DFU_INVALID_RESUME_ATTEMPT);
VALUE(STUB_MODEM_ERASE_PENDING, NRF_MODEM_DELTA_DFU_ERASE_PENDING);
VALUE(STUB_MODEM_NOT_ALLOWED, NRF_MODEM_DELTA_DFU_OPERATION_NOT_ALLOWED);
VALUE(STUB_MODEM_INCOMPLETE, NRF_MODEM_DELTA_DFU_INCOMPLETE_DATA);
VALUE(STUB_MODEM_INTERRUPTED, NRF_MODEM_DELTA_DFU_INTERRUPTED_WRITE);
VALUE(STUB_MODEM_INVALID_OPERATION, NRF_MODEM_DELTA_DFU_INVALID_OPERATION);
VALUE(STUB_MODEM_POWER_FAIL, NRF_MODEM_DELTA_DFU_NOT_ALLOWED_POFWARN_ON);
#endif
