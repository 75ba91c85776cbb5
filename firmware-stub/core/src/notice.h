#ifndef STUB_NOTICE_H
#define STUB_NOTICE_H

#include <stdint.h>

#include "stub/state.h"
#include "wire.h"

/* Something happened that the session's owner wants to know. */
void stub_notice_event(struct stub_session *s, enum stub_event_type type, uint8_t code, uint16_t page);
/* The session's state changes, which the host is told. */
void stub_notice_state(struct stub_session *s, enum stub_state state);
/* The upload is over: state FAILED with code and page. */
void stub_notice_failure(struct stub_session *s, uint8_t code, uint16_t page);

#endif
