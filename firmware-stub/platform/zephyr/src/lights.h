/*
 * What the DK's LEDs say. LED1 blinks while the application runs; all four are lit if the stub could not start.
 * LED2: an upload is under way. LED3: an image is marked for the next reset. LED4: something failed; out again with the
 * next upload.
 */
#ifndef LIGHTS_H
#define LIGHTS_H

#include <stdbool.h>

#include "stub/session.h"

void lights_init(void);
void lights_alive(bool started);
/* Called by the stub. */
void lights_show(const struct stub_event *event);

#endif
