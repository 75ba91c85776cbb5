#include "dk_modem.h"

static void look(void *context, struct stub_modem_state *state) {
    modem_look(context, state);
}

static int32_t offset(void *context, uint32_t *at) {
    return modem_offset(context, at);
}

static int32_t erase(void *context) {
    return modem_erase(context);
}

static int32_t write_bytes(void *context, const void *bytes, size_t count) {
    return modem_write(context, bytes, count);
}

static int32_t close_write(void *context) {
    return modem_close(context);
}

static int32_t schedule(void *context) {
    return modem_schedule(context);
}

static uint64_t now_ns(void *context) {
    const struct dk *dk = context;
    return dk->cpu_ns;
}

static void busy(void *context, uint32_t microseconds) {
    struct dk *dk = context;
    dk->flash.hooks.busy(dk, microseconds);
}

static void power_cut(void *context) {
    struct dk *dk = context;
    dk->flash.hooks.power_cut(dk);
}

static void tell(void *context, const char *what) {
    struct dk *dk = context;
    dk_tell_modem(dk, what);
}

void dk_modem_init(struct dk *dk, struct modem_meta *meta) {
    const struct modem_hooks hooks = {dk, now_ns, busy, power_cut, tell};
    struct modem_config config = dk->config.modem;
    if (config.version == NULL) {
        return;
    }
    if (!dk->config.timing) {
        config.erase_ms = config.erase_ms == 0 ? 0 : 1;
    }
    modem_open(&dk->modem, &config, meta, &hooks);
    dk->modem_port = (struct stub_modem){&dk->modem, look, offset, erase, write_bytes, close_write, schedule};
}

void dk_modem_start(struct dk *dk) {
    if (dk->config.modem.version != NULL) {
        modem_start(&dk->modem);
    }
}

const struct stub_modem *dk_modem_port(const struct dk *dk) {
    return dk->config.modem.version != NULL ? &dk->modem_port : NULL;
}
