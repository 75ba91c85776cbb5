#ifndef STUB_SRC_MODEM_H
#define STUB_SRC_MODEM_H

#include "message.h"
#include "stub/state.h"

/* A core that is built without the modem's code never has one. */
#ifdef STUB_WITHOUT_MODEM
#define STUB_MODEM_OF(config) ((const struct stub_modem *)NULL)
#else
#define STUB_MODEM_OF(config) ((config)->modem)
#endif

/* Asks the modem, if there is one, what WELCOME tells of it. */
void stub_modem_look(struct stub_session *s);
/* Remembers a MODEM request, the bytes of a write in the ring. */
void stub_modem_take(struct stub_session *s, const struct stub_message *m);
/* Does what it asks for, and finishes it. */
void stub_modem_step(struct stub_session *s);

#endif
