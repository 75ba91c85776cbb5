#ifndef FAKE_ZEPHYR_REBOOT_H
#define FAKE_ZEPHYR_REBOOT_H

#define SYS_REBOOT_COLD 1

/* Returns here, unlike the real one. */
void sys_reboot(int type);

#endif
