#include "modem_delta.h"

#include <string.h>

#include <modem/nrf_modem_lib.h>
#include <nrf_errno.h>
#include <nrf_modem.h>
#include <nrf_modem_at.h>
#include <nrf_modem_delta_dfu.h>
#include <zephyr/kernel.h>

static uint32_t result; /* of the last initialisation's update */
static bool open;       /* a write is */

/* The result comes here, not from nrf_modem_lib_init(). */
NRF_MODEM_LIB_ON_DFU_RES(fota_bridge_stub, on_dfu_result, NULL);

static void on_dfu_result(int dfu_result, void *context) {
    ARG_UNUSED(context);
    result = (uint32_t)dfu_result;
}

/* The answer's first line; version is all zeros before. */
static void read_version(char version[STUB_MODEM_VERSION_SIZE]) {
    char answer[STUB_MODEM_VERSION_SIZE + 16];
    if (nrf_modem_at_cmd(answer, sizeof answer, "AT+CGMR") != 0) {
        return;
    }
    size_t length = MIN(strcspn(answer, "\r\n"), STUB_MODEM_VERSION_SIZE - 1u);
    memcpy(version, answer, length);
}

/* A modem that erases has no offset yet and says so by one of two codes. */
static int look_at_area(struct stub_modem_state *state) {
    size_t area = 0;
    size_t offset = 0;
    int error = nrf_modem_delta_dfu_area(&area);
    if (error == 0) {
        error = nrf_modem_delta_dfu_offset(&offset);
        error = error == NRF_MODEM_DELTA_DFU_INVALID_DATA ? NRF_MODEM_DELTA_DFU_ERASE_PENDING : error;
    }
    state->area_size = (uint32_t)area;
    state->offset = (uint32_t)offset;
    return error;
}

static int look_at_all(struct stub_modem_state *state) {
    struct nrf_modem_delta_dfu_uuid uuid;
    int error = nrf_modem_is_initialized() ? nrf_modem_delta_dfu_uuid(&uuid) : -NRF_EPERM;
    if (error != 0) {
        return error;
    }
    memcpy(state->uuid, uuid.data, sizeof state->uuid);
    read_version(state->version);
    return look_at_area(state);
}

static void modem_look(void *context, struct stub_modem_state *state) {
    ARG_UNUSED(context);
    int error = look_at_all(state);
    if (error != 0) {
        *state = (struct stub_modem_state){.error = error};
    }
    state->result = result;
}

static int32_t modem_offset(void *context, uint32_t *offset) {
    size_t now = 0;
    ARG_UNUSED(context);
    int error = nrf_modem_delta_dfu_offset(&now);
    *offset = (uint32_t)now;
    return error;
}

static int32_t modem_erase(void *context) {
    ARG_UNUSED(context);
    return nrf_modem_delta_dfu_erase();
}

static int32_t modem_write(void *context, const void *bytes, size_t count) {
    ARG_UNUSED(context);
    int error = nrf_modem_delta_dfu_write_init();
    if (error != 0 && error != -NRF_EALREADY) {
        return error;
    }
    open = true;
    return nrf_modem_delta_dfu_write(bytes, count);
}

static int32_t modem_close(void *context) {
    ARG_UNUSED(context);
    bool closes = open;
    open = false;
    return closes ? nrf_modem_delta_dfu_write_done() : 0;
}

static int32_t modem_schedule(void *context) {
    ARG_UNUSED(context);
    return nrf_modem_delta_dfu_update();
}

const struct stub_modem *modem_port(void) {
    static const struct stub_modem port = {
        .look = modem_look,
        .offset = modem_offset,
        .erase = modem_erase,
        .write = modem_write,
        .close = modem_close,
        .schedule = modem_schedule,
    };
    return &port;
}

void modem_shutdown(void) {
    if (nrf_modem_is_initialized()) {
        nrf_modem_at_printf("AT+CFUN=0");
        nrf_modem_lib_shutdown();
    }
}
