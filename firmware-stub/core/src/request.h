#ifndef STUB_REQUEST_H
#define STUB_REQUEST_H

#include <stdbool.h>

#include "message.h"
#include "stub/state.h"

/* Takes a well-formed request: starts it, or answers at once by SPEC.md section 5. Touches no flash. */
void stub_request_take(struct stub_session *s, const struct stub_message *m);
/* Answers a frame without starting anything: BUSY, UNSUPPORTED, MALFORMED. Not remembered, so a repeat is judged anew.
 */
void stub_request_refuse(struct stub_session *s, const struct stub_message *m, uint8_t code);
/* Ends the request that is being worked on with its REPLY, which is remembered. */
void stub_request_finish(struct stub_session *s, uint8_t code, uint32_t detail);
/* True if the request that is being worked on can go on. */
bool stub_request_has_work(const struct stub_session *s);
/* One step of it. */
void stub_request_step(struct stub_session *s);
/* True while a request is worked on that records must not get in between of. */
bool stub_request_excludes_records(const struct stub_session *s);

#endif
