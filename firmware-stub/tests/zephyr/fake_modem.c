/* The modem's delta update, as far as its library's header tells. */
#include <stdio.h>
#include <string.h>

#include <modem/nrf_modem_lib.h>
#include <nrf_errno.h>
#include <nrf_modem.h>
#include <nrf_modem_at.h>
#include <nrf_modem_delta_dfu.h>

#include "fakes.h"

static struct fake_modem *m = &fake.modem;

static int answer(int error) {
    return !m->initialized ? -NRF_EPERM : m->error != 0 ? m->error : error;
}

bool nrf_modem_is_initialized(void) {
    return m->initialized;
}

int nrf_modem_lib_init(void) {
    m->initialized = true;
    return 0;
}

int nrf_modem_lib_shutdown(void) {
    m->shut_down = true;
    m->initialized = false;
    return 0;
}

int nrf_modem_at_printf(const char *fmt, ...) {
    return strcmp(fmt, "AT+CFUN=0") == 0 ? 0 : -NRF_EPERM;
}

int nrf_modem_at_cmd(void *buf, size_t len, const char *fmt, ...) {
    if (strcmp(fmt, "AT+CGMR") != 0 || m->version == NULL) {
        return -NRF_EPERM;
    }
    snprintf(buf, len, "%s", m->version);
    return 0;
}

int nrf_modem_delta_dfu_uuid(struct nrf_modem_delta_dfu_uuid *modem_uuid) {
    memcpy(modem_uuid->data, "12345678-1234-1234-1234-123456789abc", sizeof modem_uuid->data);
    return answer(0);
}

int nrf_modem_delta_dfu_offset(size_t *off) {
    if (m->offset_error == 0) {
        *off = m->offset;
    }
    return answer(m->offset_error);
}

int nrf_modem_delta_dfu_area(size_t *size) {
    *size = m->area;
    return answer(0);
}

int nrf_modem_delta_dfu_write_init(void) {
    int error = answer(m->open ? -NRF_EALREADY : 0);
    m->open = m->open || error == 0;
    return error;
}

int nrf_modem_delta_dfu_write(const void *src, size_t len) {
    (void)src;
    int error = answer(m->open ? m->write_error : -NRF_EPERM);
    m->writes += error == 0;
    m->offset += error == 0 ? len : 0;
    return error;
}

int nrf_modem_delta_dfu_write_done(void) {
    m->open = false;
    m->closes++;
    return answer(0);
}

int nrf_modem_delta_dfu_erase(void) {
    m->erased = true;
    return answer(0);
}

int nrf_modem_delta_dfu_update(void) {
    int error = answer(m->update_error);
    m->scheduled = error == 0;
    return error;
}
