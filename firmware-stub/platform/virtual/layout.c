#include "layout.h"

#include "nvmc.h"

#define PRIMARY 0x10000u
#define TFM_FROM 0x10200u
#define TFM_TO 0x18000u

struct boot_layout boot_layout_named(char name) {
    uint32_t size = name == 'A' ? 0x78000u : 0x70000u;
    return (struct boot_layout){PRIMARY, PRIMARY + size, size, TFM_FROM, TFM_TO};
}

struct boot_layout boot_layout_small(uint32_t pages) {
    uint32_t bounded = pages < 4 ? 4 : pages > 112 ? 112 : pages;
    struct boot_layout layout = boot_layout_named('B');
    layout.slot_size = bounded * NVMC_PAGE;
    layout.protected_to = PRIMARY + NVMC_PAGE;
    return layout;
}
