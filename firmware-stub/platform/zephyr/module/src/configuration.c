#include "configuration.h"

#include <errno.h>

#include <zephyr/kernel.h>

#include "board.h"
#include "running.h"
#if defined(CONFIG_FOTA_BRIDGE_STUB_MODEM)
#include "modem_delta.h"
#endif

#define SOFTWARE "0.1.0"

BUILD_ASSERT((CONFIG_FOTA_BRIDGE_STUB_RING_SIZE & (CONFIG_FOTA_BRIDGE_STUB_RING_SIZE - 1)) == 0,
             "the ring's size is no power of two");
BUILD_ASSERT(CONFIG_FOTA_BRIDGE_STUB_RING_SIZE >= 2 * CONFIG_FOTA_BRIDGE_STUB_PAGE_SIZE,
             "the ring holds less than two pages");

static uint8_t ring[CONFIG_FOTA_BRIDGE_STUB_RING_SIZE] __aligned(4);
static uint8_t page[CONFIG_FOTA_BRIDGE_STUB_PAGE_SIZE] __aligned(4);
static uint8_t frame[CONFIG_FOTA_BRIDGE_STUB_FRAME_SIZE] __aligned(4);
static char name[BOARD_NAME_SIZE];
static char unit[BOARD_NAME_SIZE];

/* The rates that the J-Link of a DK can do (not 921 600), the one that the line starts at first. */
static void list_rates(const struct line *line, uint32_t rates[STUB_RATES_MAX]) {
    static const uint32_t known[] = {1000000, 460800, 230400, 115200};
    size_t count = 0;
    if (!line->configurable) {
        return;
    }
    rates[count++] = line->config.baudrate;
    for (size_t i = 0; i < ARRAY_SIZE(known) && count < STUB_RATES_MAX; i++) {
        if (known[i] != line->config.baudrate) {
            rates[count++] = known[i];
        }
    }
}

static void list_slot(const struct slot *slot, struct stub_range *readable) {
    while (readable->length != 0) {
        readable++;
    }
    *readable = (struct stub_range){slot->geometry.base, slot->geometry.size};
}

int configuration_make(struct stub_config *config, const struct line *line, const struct slot *slot) {
    if (slot->geometry.page_size > sizeof page) {
        return -ENOTSUP;
    }
    board_name(name);
    board_unit(unit);
    *config = (struct stub_config){
        .identity = {.board = name,
                     .unit = unit,
                     .software = SOFTWARE,
                     .application_confirms = IS_ENABLED(CONFIG_FOTA_BRIDGE_STUB_APPLICATION_CONFIRMS),
                     .memory_mapped = IS_ENABLED(CONFIG_SOC_FLASH_NRF)},
        .slot = slot->geometry,
        .memory = {ring, sizeof ring, page, frame, sizeof frame},
        .work = board_work(),
        .port = &slot->port,
        .line_capacity = LINE_CAPACITY,
        .stall_max_ms = CONFIG_FOTA_BRIDGE_STUB_STALL_MAX_MS,
    };
#if defined(CONFIG_FOTA_BRIDGE_STUB_MODEM)
    config->modem = modem_port();
#endif
    list_rates(line, config->rates);
    int error = running_learn(slot->primary, &config->identity);
    list_slot(slot, config->identity.readable);
    return error != 0 && error != -ENOENT ? error : board_entropy(config->boot_id, sizeof config->boot_id);
}
