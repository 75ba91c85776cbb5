#ifndef FAKE_ZEPHYR_INIT_H
#define FAKE_ZEPHYR_INIT_H

/* One initialisation in all, called by fake_boot(). */
#define SYS_INIT(function, level, priority) int (*const fake_sys_init)(void) = function

extern int (*const fake_sys_init)(void);

#endif
