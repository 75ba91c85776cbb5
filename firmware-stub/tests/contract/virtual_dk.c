#include "virtual_dk.h"

#include <string.h>

#include "../check.h"

#define BODY 1024u

static struct {
    const struct virtual_dk_world *world;
    struct dk dk;
    struct dk_meta meta;
    uint32_t drawn;
} t;

static void put_le(uint8_t *into, uint32_t value, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        into[i] = (uint8_t)(value >> (8 * i));
    }
}

/* The smallest image that runs a stub: header, a body with the marker, the hash. */
static void place_factory(uint8_t *flash, uint32_t address) {
    static const uint8_t tlvs[8] = {0x07, 0x69, 40, 0, 0x10, 0, 32, 0};
    uint8_t *image = flash + address;
    struct boot_sha256 hash;
    memset(image, 0, 0x200 + BODY);
    put_le(image, BOOT_IMAGE_MAGIC, 4);
    put_le(image + 8, 0x200, 2);
    put_le(image + 12, BODY, 4);
    image[20] = 1;
    memcpy(image + 0x200, "DKLINK-STUB-V001", 16);
    memcpy(image + 0x200 + BODY, tlvs, sizeof tlvs);
    boot_sha256_init(&hash);
    boot_sha256_update(&hash, image, 0x200 + BODY);
    boot_sha256_finish(&hash, image + 0x200 + BODY + sizeof tlvs);
}

static void entropy(void *context, uint8_t *into, size_t count) {
    (void)context;
    check_noise(into, (uint32_t)count, ++t.drawn * 0x9E3779B9u);
}

static const struct stub_config *start(void *context) {
    (void)context;
    dk_power_on(&t.dk, t.dk.cpu_ns);
    CHECK_EQ(DK_RUNNING, t.dk.state);
    t.dk.uarte.out_count = 0; /* the banner */
    return &t.dk.session.config;
}

static uint32_t now_ms(void *context) {
    (void)context;
    return (uint32_t)(t.dk.cpu_ns / 1000000u);
}

static void idle(void *context) {
    (void)context;
    t.world->pass(&t.dk, t.dk.cpu_ns);
}

static void stall(void *context, uint64_t until_ns) {
    (void)context;
    t.world->pass(&t.dk, until_ns);
}

static size_t send(void *context, const uint8_t *bytes, size_t count) {
    size_t room = uarte_room(&t.dk.uarte);
    size_t n = count < room ? count : room;
    (void)context;
    uarte_send(&t.dk.uarte, bytes, n, t.dk.cpu_ns);
    return n;
}

static size_t receive(void *context, uint8_t *into, size_t capacity) {
    (void)context;
    return uarte_take(&t.dk.uarte, into, capacity);
}

void virtual_dk_contract(const struct virtual_dk_world *world, uint8_t *flash, enum boot_mode mode) {
    const struct contract_platform platform = {NULL, start, now_ms, idle, send, receive};
    struct dk_config config;
    memset(&config, 0, sizeof config);
    config.layout = boot_layout_named('B');
    config.mode = mode;
    config.baud = 1000000;
    config.timing = true;
    config.swap_divisor = 1;
    config.cpu_percent = 100;
    config.entropy = entropy;
    config.stall = stall;
    t.world = world;
    memset(flash, 0xFF, NVMC_SIZE);
    memset(&t.meta, 0, sizeof t.meta);
    place_factory(flash, config.layout.primary);
    dk_init(&t.dk, &config, flash, &t.meta, 1);
    contract_run(&platform);
}
