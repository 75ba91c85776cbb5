#ifndef FAKE_ZEPHYR_MCUBOOT_H
#define FAKE_ZEPHYR_MCUBOOT_H

#include <stdbool.h>

#define BOOT_SWAP_TYPE_NONE 1
#define BOOT_SWAP_TYPE_TEST 2
#define BOOT_SWAP_TYPE_PERM 3
#define BOOT_SWAP_TYPE_REVERT 4
#define BOOT_SWAP_TYPE_FAIL 5
#define BOOT_UPGRADE_TEST 0
#define BOOT_UPGRADE_PERMANENT 1

bool boot_is_img_confirmed(void);
int boot_write_img_confirmed(void);
int mcuboot_swap_type(void);
int boot_request_upgrade(int permanent);

#endif
