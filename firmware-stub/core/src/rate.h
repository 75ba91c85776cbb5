#ifndef STUB_RATE_H
#define STUB_RATE_H

#include <stdbool.h>
#include <stdint.h>

#include "stub/state.h"

/* The line has its starting rate. */
void stub_rate_init(struct stub_session *s);
/* RATE: commits the rate in use, or asks for another one, which takes effect when the REPLY has left. An enum
 * stub_code. */
uint8_t stub_rate_ask(struct stub_session *s, uint32_t rate);
/* The session ends whose RATE waits for its REPLY to leave: the line stays as it is. */
void stub_rate_forget(struct stub_session *s);
/* The REPLY has left. */
void stub_rate_change(struct stub_session *s);
/* A good frame has come. */
void stub_rate_heard(struct stub_session *s);
/* PROBE. */
void stub_rate_probed(struct stub_session *s, uint8_t index);
/* True, and when, if silence will end the rate in use. */
bool stub_rate_deadline(const struct stub_session *s, uint32_t *at_ms);
/* Back to the starting rate if the deadline is over. */
void stub_rate_tick(struct stub_session *s);

#endif
