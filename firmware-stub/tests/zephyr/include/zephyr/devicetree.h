/* One board: a UART for the stub, entropy, two slots. */
#ifndef FAKE_ZEPHYR_DEVICETREE_H
#define FAKE_ZEPHYR_DEVICETREE_H

#define DT_CHOSEN(property) FAKE_CHOSEN_##property
#define FAKE_CHOSEN_dev_fotabridge_stub_uart fake_uart
#define FAKE_CHOSEN_zephyr_entropy fake_entropy
#define DEVICE_DT_GET(node) (&(node))

extern const struct device fake_uart;
extern const struct device fake_entropy;

#endif
