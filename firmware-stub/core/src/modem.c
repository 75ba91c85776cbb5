/*
 * Modem deltas: SPEC.md section 11. Hands the modem what the host says and the host what the modem says; what a code
 * means, when to erase and where to go on is the host's business. The one thing that is watched here is that a write
 * goes on where the one before ended, since the modem takes bytes without an offset: a request that the line repeats
 * must not be written twice.
 */
#include "modem.h"

#include <string.h>

#include "bytes.h"
#include "request.h"
#include "wire.h"

void stub_modem_look(struct stub_session *s) {
    const struct stub_modem *modem = STUB_MODEM_OF(&s->config);
    if (modem != NULL) {
        memset(&s->modem, 0, sizeof s->modem);
        modem->look(modem->context, &s->modem);
    }
}

/* The ring is free as long as no upload has begun, which the step sees to. */
void stub_modem_take(struct stub_session *s, const struct stub_message *m) {
    s->request.count = (uint16_t)(m->count - STUB_MODEM_BYTES);
    if (s->state == STUB_READY && s->request.count <= s->config.memory.ring_size) {
        memcpy(s->config.memory.ring, m->fields + STUB_MODEM_BYTES, s->request.count);
    }
}

static int32_t perform(struct stub_session *s, const struct stub_modem *modem, uint8_t operation, uint32_t *offset) {
    int32_t result = operation == STUB_MODEM_WRITE
                         ? modem->write(modem->context, s->config.memory.ring, s->request.count)
                         : modem->close(modem->context);
    if (operation == STUB_MODEM_SCHEDULE) {
        return result == 0 ? modem->schedule(modem->context) : result;
    }
    if (operation == STUB_MODEM_ERASE) {
        result = modem->erase(modem->context);
    }
    return result == 0 || operation == STUB_MODEM_OPEN ? modem->offset(modem->context, offset) : result;
}

static uint8_t check(const struct stub_session *s, uint8_t operation) {
    uint32_t at = stub_get_le32(s->request.fields + STUB_MODEM_OFFSET);
    if (STUB_MODEM_OF(&s->config) == NULL) {
        return STUB_UNSUPPORTED;
    }
    if (s->state != STUB_READY) {
        return STUB_STATE;
    }
    bool goes_on = s->modem_next != 0 && at == s->modem_next - 1 && s->request.count <= s->config.memory.ring_size;
    return operation < STUB_MODEM_WRITE || goes_on ? STUB_OK : STUB_RANGE;
}

void stub_modem_step(struct stub_session *s) {
    const uint8_t operation = s->request.fields[STUB_MODEM_OPERATION];
    uint32_t detail = 0;
    uint8_t code = check(s, operation);
    if (code == STUB_OK) {
        uint32_t next = s->modem_next + s->request.count;
        int32_t result = perform(s, STUB_MODEM_OF(&s->config), operation, &detail);
        s->modem_next = 0;
        if (result != 0) {
            code = STUB_MODEM_REFUSED;
            detail = (uint32_t)result;
        } else if (operation == STUB_MODEM_OPEN) {
            s->modem_next = detail + 1;
        } else if (operation == STUB_MODEM_WRITE) {
            s->modem_next = next;
        }
    }
    stub_request_finish(s, code, detail);
}
