#ifndef FAKE_NRF_MODEM_DELTA_DFU_H
#define FAKE_NRF_MODEM_DELTA_DFU_H

#include <stddef.h>
#include <stdint.h>

#define NRF_MODEM_DELTA_DFU_RECEIVER_OUT_OF_MEMORY 1
#define NRF_MODEM_DELTA_DFU_RECEIVER_BLOCK_TOO_LARGE 2
#define NRF_MODEM_DELTA_DFU_INVALID_HEADER_DATA 3
#define NRF_MODEM_DELTA_DFU_INVALID_DATA 5
#define NRF_MODEM_DELTA_DFU_INVALID_UUID 9
#define NRF_MODEM_DELTA_DFU_INVALID_ADDRESS 10
#define NRF_MODEM_DELTA_DFU_AREA_NOT_BLANK 11
#define NRF_MODEM_DELTA_DFU_WRITE_ERROR 12
#define NRF_MODEM_DELTA_DFU_ERASE_ERROR 13
#define NRF_MODEM_DELTA_DFU_INVALID_FILE_OFFSET 14
#define NRF_MODEM_DELTA_DFU_PROGRESS_LOG_INVALID 15
#define NRF_MODEM_DELTA_DFU_INVALID_RESUME_ATTEMPT 16
#define NRF_MODEM_DELTA_DFU_ERASE_PENDING 17
#define NRF_MODEM_DELTA_DFU_OPERATION_NOT_ALLOWED 18
#define NRF_MODEM_DELTA_DFU_INCOMPLETE_DATA 19
#define NRF_MODEM_DELTA_DFU_INTERRUPTED_WRITE 20
#define NRF_MODEM_DELTA_DFU_INVALID_OPERATION 21
#define NRF_MODEM_DELTA_DFU_NOT_ALLOWED_POFWARN_ON 23
#define NRF_MODEM_DELTA_DFU_UUID_LEN 36
#define NRF_MODEM_DELTA_DFU_OFFSET_DIRTY 2621440

struct nrf_modem_delta_dfu_uuid {
    uint8_t data[NRF_MODEM_DELTA_DFU_UUID_LEN];
};

int nrf_modem_delta_dfu_uuid(struct nrf_modem_delta_dfu_uuid *modem_uuid);
int nrf_modem_delta_dfu_offset(size_t *off);
int nrf_modem_delta_dfu_area(size_t *size);
int nrf_modem_delta_dfu_write_init(void);
int nrf_modem_delta_dfu_write(const void *src, size_t len);
int nrf_modem_delta_dfu_write_done(void);
int nrf_modem_delta_dfu_erase(void);
int nrf_modem_delta_dfu_update(void);

#endif
