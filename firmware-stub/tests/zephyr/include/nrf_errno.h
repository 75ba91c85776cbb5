#ifndef FAKE_NRF_ERRNO_H
#define FAKE_NRF_ERRNO_H

#define NRF_EPERM 1
#define NRF_EALREADY 120

#endif
