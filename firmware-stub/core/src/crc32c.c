/* Half a byte at a time, so that 64 bytes of table are enough; loaded and counted a word at a time. */
#include "crc32c.h"

#include "bytes.h"

static const uint32_t TABLE[16] = {
    0x00000000u, 0x105EC76Fu, 0x20BD8EDEu, 0x30E349B1u, 0x417B1DBCu, 0x5125DAD3u, 0x61C69362u, 0x7198540Du,
    0x82F63B78u, 0x92A8FC17u, 0xA24BB5A6u, 0xB21572C9u, 0xC38D26C4u, 0xD3D3E1ABu, 0xE330A81Au, 0xF36E6F75u,
};

#define HALF(crc) ((crc) >> 4 ^ TABLE[(crc)&15u])

uint32_t stub_crc32c(const uint8_t *bytes, size_t count) {
    uint32_t crc = UINT32_MAX;
    for (; count >= 4; count -= 4, bytes += 4) {
        crc ^= stub_get_le32(bytes);
        crc = HALF(crc);
        crc = HALF(crc);
        crc = HALF(crc);
        crc = HALF(crc);
        crc = HALF(crc);
        crc = HALF(crc);
        crc = HALF(crc);
        crc = HALF(crc);
    }
    for (; count > 0; count--, bytes++) {
        crc ^= *bytes;
        crc = HALF(crc);
        crc = HALF(crc);
    }
    return ~crc;
}
