/* One board: a UART for the stub, entropy, a watchdog, two slots. */
#ifndef FAKE_ZEPHYR_DEVICETREE_H
#define FAKE_ZEPHYR_DEVICETREE_H

#define DT_CHOSEN(property) FAKE_CHOSEN_##property
#define FAKE_CHOSEN_dev_fotabridge_stub_uart fake_uart
#define FAKE_CHOSEN_zephyr_entropy fake_entropy
#define FAKE_HAS_CHOSEN_dev_fotabridge_stub_uart 1
#define DT_HAS_CHOSEN(property) FAKE_HAS_CHOSEN_##property
#define DT_ALIAS(alias) FAKE_ALIAS_##alias
#define FAKE_ALIAS_watchdog0 fake_watchdog
#define FAKE_EXISTS_fake_watchdog 1
#define DT_NODELABEL(label) FAKE_LABEL_##label
#define FAKE_EXISTS_FAKE_LABEL_uart0 1
#define DT_NODE_EXISTS(node) DT_NODE_EXISTS_1(node)
#define DT_NODE_EXISTS_1(node) FAKE_EXISTS_##node
#define DT_SAME_NODE(a, b) 1
#define DEVICE_DT_GET(node) (&(node))

extern const struct device fake_uart;
extern const struct device fake_entropy;
extern const struct device fake_watchdog;

#endif
