/* What the session lets others know: its owner by events, the host by STATUS. */
#include "notice.h"

static struct stub_event *newest(struct stub_events *events) {
    return &events->queue[(events->first + events->count - 1u) % STUB_EVENTS_MAX];
}

/* A full queue keeps the news: pages merge into the newest one, anything else takes the place of the oldest. */
void stub_notice_event(struct stub_session *s, enum stub_event_type type, uint8_t code, uint16_t page) {
    struct stub_events *events = &s->events;
    if (events->count == STUB_EVENTS_MAX) {
        if (type == STUB_EVENT_PAGE_DURABLE && newest(events)->type != STUB_EVENT_PAGE_DURABLE) {
            return;
        }
        if (type != STUB_EVENT_PAGE_DURABLE) {
            events->first = (uint8_t)((events->first + 1u) % STUB_EVENTS_MAX);
        }
        events->count--;
    }
    events->count++;
    *newest(events) = (struct stub_event){.type = type, .code = code, .page = page};
}

void stub_notice_state(struct stub_session *s, enum stub_state state) {
    s->state = (uint8_t)state;
    s->outbox[STUB_OUT_STATUS] = true;
}

void stub_notice_failure(struct stub_session *s, uint8_t code, uint16_t page) {
    s->upload.code = code;
    s->upload.page = page;
    stub_notice_state(s, STUB_FAILED);
    stub_notice_event(s, STUB_EVENT_FAILED, code, page);
}
