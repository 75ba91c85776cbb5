#ifndef FAKE_ZEPHYR_ENTROPY_H
#define FAKE_ZEPHYR_ENTROPY_H

#include <stdint.h>

#include <zephyr/device.h>

int entropy_get_entropy(const struct device *dev, uint8_t *buffer, uint16_t length);

#endif
