#include "board.h"

#include <errno.h>
#include <string.h>

#include <zephyr/device.h>
#include <zephyr/drivers/entropy.h>
#include <zephyr/drivers/hwinfo.h>
#include <zephyr/kernel.h>

#include "../../../virtual/cpu_cost.h"

#if defined(CONFIG_BOARD_TARGET)
#define BOARD_TARGET CONFIG_BOARD_TARGET
#else
#define BOARD_TARGET CONFIG_BOARD
#endif

/* "nrf9160dk@0.14.0/nrf9160/ns" is the newer spelling; the revision is left out. */
void board_name(char name[BOARD_NAME_SIZE]) {
    size_t length = 0;
    bool revision = false;
    for (const char *from = BOARD_TARGET; *from != '\0' && length < BOARD_NAME_SIZE - 1; from++) {
        revision = *from == '@' || (revision && *from != '/');
        if (!revision) {
            name[length++] = *from == '/' ? '_' : *from;
        }
    }
    name[length] = '\0';
}

void board_unit(char unit[BOARD_NAME_SIZE]) {
    size_t length = 0;
#if defined(CONFIG_HWINFO)
    static const char digits[] = "0123456789abcdef";
    uint8_t id[(BOARD_NAME_SIZE - 1) / 2];
    ssize_t count = hwinfo_get_device_id(id, sizeof id);
    for (ssize_t i = 0; i < count; i++) {
        unit[length++] = digits[id[i] >> 4];
        unit[length++] = digits[id[i] & 15];
    }
#endif
    unit[length] = '\0';
}

int board_entropy(uint8_t *into, size_t count) {
    const struct device *source = DEVICE_DT_GET(DT_CHOSEN(zephyr_entropy));
    return device_is_ready(source) ? entropy_get_entropy(source, into, (uint16_t)count) : -ENODEV;
}

/* The counted instructions are those of a Cortex-M33 at 64 MHz; on another CPU they would mislead the host. */
struct stub_work board_work(void) {
    struct stub_work work = {0};
    if (IS_ENABLED(CONFIG_SOC_SERIES_NRF91X) || IS_ENABLED(CONFIG_SOC_SERIES_NRF91)) {
        work = (struct stub_work){
            .erase_us = CONFIG_FOTA_BRIDGE_STUB_ERASE_US,
            .program_us = CONFIG_FOTA_BRIDGE_STUB_PROGRAM_US,
            .digest_ns =
                (uint16_t)cpu_cost_ns(CPU_DIGEST_BYTE + 2 * (CPU_READ_BYTE + CPU_COMPARE_BYTE) + CPU_PROGRAM_BYTE),
            .inflate_in_ns = (uint16_t)cpu_cost_ns(CPU_INFLATE_IN),
            .inflate_out_ns = (uint16_t)cpu_cost_ns(CPU_INFLATE_OUT),
        };
    }
    return work;
}
