#ifndef FAKE_NRF_MODEM_LIB_H
#define FAKE_NRF_MODEM_LIB_H

struct nrf_modem_lib_dfu_cb {
    void (*callback)(int dfu_res, void *ctx);
    void *context;
};

/* One hook in the program, where the real one makes a list of all. */
#define NRF_MODEM_LIB_ON_DFU_RES(name, function, ctx)                                                                  \
    static void function(int dfu_res, void *context);                                                                  \
    const struct nrf_modem_lib_dfu_cb fake_dfu_hook = {function, ctx}

extern const struct nrf_modem_lib_dfu_cb fake_dfu_hook;

int nrf_modem_lib_init(void);
int nrf_modem_lib_shutdown(void);

#endif
