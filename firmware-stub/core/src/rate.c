/*
 * The rate of the line: SPEC.md section 10. Another rate is on trial until the host, having heard its probes answered,
 * asks for the very rate that is in use; silence ends it, on trial soon, later after a while. So whatever gets lost,
 * both sides meet at the starting rate again.
 */
#include "rate.h"

#include "notice.h"
#include "wire.h"

static void set(struct stub_session *s, uint32_t rate, bool on_trial) {
    s->rate = (struct stub_rate){.now = rate, .on_trial = on_trial, .heard_at_ms = s->now_ms};
    stub_notice_event(s, STUB_EVENT_RATE, STUB_OK, 0);
}

static bool is_offered(const struct stub_session *s, uint32_t rate) {
    for (unsigned i = 0; i < STUB_RATES_MAX && s->config.rates[i] != 0; i++) {
        if (s->config.rates[i] == rate) {
            return true;
        }
    }
    return false;
}

void stub_rate_init(struct stub_session *s) {
    s->rate.now = s->config.rates[0];
}

uint8_t stub_rate_ask(struct stub_session *s, uint32_t rate) {
    if (!is_offered(s, rate)) {
        return STUB_RANGE;
    }
    if (rate == s->rate.now) {
        s->rate.on_trial = false;
    } else {
        s->rate.next = rate;
    }
    return STUB_OK;
}

void stub_rate_forget(struct stub_session *s) {
    s->rate.next = 0;
    s->transmitter.ends_in_rate = false;
}

void stub_rate_change(struct stub_session *s) {
    set(s, s->rate.next, s->rate.next != s->config.rates[0]);
}

void stub_rate_heard(struct stub_session *s) {
    s->rate.heard_at_ms = s->now_ms;
}

void stub_rate_probed(struct stub_session *s, uint8_t index) {
    s->rate.probes |= 1u << index;
    s->outbox[STUB_OUT_PROBED] = true;
}

bool stub_rate_deadline(const struct stub_session *s, uint32_t *at_ms) {
    *at_ms = s->rate.heard_at_ms + (s->rate.on_trial ? STUB_RATE_TRIAL_MS : STUB_RATE_SILENCE_MS);
    return s->rate.now != s->config.rates[0];
}

void stub_rate_tick(struct stub_session *s) {
    uint32_t at_ms;
    if (stub_rate_deadline(s, &at_ms) && (int32_t)(s->now_ms - at_ms) >= 0) {
        set(s, s->config.rates[0], false);
    }
}
