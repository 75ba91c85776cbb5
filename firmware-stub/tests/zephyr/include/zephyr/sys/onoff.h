#ifndef FAKE_ZEPHYR_ONOFF_H
#define FAKE_ZEPHYR_ONOFF_H

struct sys_notify {
    int unused;
};

struct onoff_manager {
    int requests;
};

struct onoff_client {
    struct sys_notify notify;
};

static inline void sys_notify_init_spinwait(struct sys_notify *notify) {
    notify->unused = 0;
}

int onoff_cancel_or_release(struct onoff_manager *mgr, struct onoff_client *cli);
int onoff_request(struct onoff_manager *mgr, struct onoff_client *cli);

#endif
