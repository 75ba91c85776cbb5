#ifndef STUB_UPLOAD_H
#define STUB_UPLOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "inflate.h"
#include "message.h"
#include "stub/state.h"

/* Opens an upload at stream offset 0. The image fits the slot. */
void stub_upload_open(struct stub_session *s, uint32_t image_size, const uint8_t file_sha256[STUB_HASH_SIZE]);
/* Takes a DATA message, as far as it is new and within the credit. */
void stub_upload_take(struct stub_session *s, const struct stub_message *m);
/* Moves up to count consecutive bytes of the stream out of the ring; returns how many there were. */
uint32_t stub_upload_consume(struct stub_session *s, uint8_t *into, uint32_t count);
/* The next count bytes of the stream, which are all there, as they lie in the ring; consumes them. */
struct stub_deflated stub_upload_consume_in_place(struct stub_session *s, uint32_t count);
/* Bytes that can be consumed now. */
uint32_t stub_upload_available(const struct stub_session *s);
/* Raises the credit to what there is room for, and reports it if it has grown enough. */
void stub_upload_raise_credit(struct stub_session *s);

#endif
