/*
 * Flash of an nRF9160 as unkind as the real one, over bytes that the caller owns.
 *
 * Bits only clear; a word takes two writes between erases; a page of 4096 bytes is erased whole; an operation takes its
 * time; power can be cut before or in the middle of any operation, which leaves weak cells: they may read right now and
 * wrong at a later boot. A killed process is a power cut too: what was under way stands in struct nvmc_meta, which the
 * platform keeps beside the flash contents.
 *
 * No heap, no stdio, no globals. Not thread-safe: one owner.
 */
#ifndef VIRTUAL_NVMC_H
#define VIRTUAL_NVMC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NVMC_SIZE 0x100000u
#define NVMC_PAGE 4096u
#define NVMC_PAGES (NVMC_SIZE / NVMC_PAGE)
#define NVMC_WORDS (NVMC_SIZE / 4u)
#define NVMC_WEAK_MAX 64u

/* Maximum times of the product specification: 87.5 ms for a page, 43 us for a word. */
#define NVMC_ERASE_US 87500u
#define NVMC_WORD_US 43u

enum nvmc_status {
    NVMC_OK = 0,
    NVMC_FAULT = -1, /* the caller broke a rule: alignment, range, a third write to a word */
    NVMC_FAILED = -2 /* the flash reported an error (only when a fault was planted) */
};

enum nvmc_fault_kind { NVMC_FAULT_RANGE, NVMC_FAULT_ALIGNMENT, NVMC_FAULT_THIRD_WRITE, NVMC_FAULT_PROTECTED_READ };

/* Cells that an interrupted operation left between 0 and 1. A page's are cured by a whole erase of that page. */
struct nvmc_weak {
    uint32_t address;
    uint32_t count; /* bytes; 0 = free entry */
    uint32_t boots; /* power cycles until it shows */
    uint32_t was_erase;
};

/* Kept by the platform over process ends; all zero means a new flash. */
struct nvmc_meta {
    uint32_t magic;
    uint32_t random;
    uint32_t busy_kind; /* 0 nothing, 1 erase, 2 program: what a kill interrupted */
    uint32_t busy_address;
    uint32_t busy_count;
    struct nvmc_weak weak[NVMC_WEAK_MAX];
    uint8_t writes[NVMC_WORDS / 4u]; /* two bits a word: writes since the last erase */
};

/* What the world around the flash does; every callback may be NULL. */
struct nvmc_hooks {
    void *context;
    /* The operation keeps the flash, and so the CPU, for that long. */
    void (*busy)(void *context, uint32_t microseconds);
    /* Power is gone. Must not return (longjmp, exit, reset). */
    void (*power_cut)(void *context);
    /* A rule was broken. May return: the call then answers NVMC_FAULT. */
    void (*fault)(void *context, enum nvmc_fault_kind kind, uint32_t address);
};

/* Planted faults; operation numbers count from 1 and 0 means never. */
struct nvmc_plan {
    uint64_t cut_at;      /* power cut at this operation */
    bool cut_halfway;     /* ... in its middle instead of before it */
    uint64_t fail_from;   /* this operation and the following report an error and do nothing */
    uint32_t fail_count;  /* how many of them */
    uint64_t silent_at;   /* this operation reports success and does nothing */
    uint32_t stuck_word;  /* address of a word with stuck bits */
    uint32_t stuck_zeros; /* its bits that always read 0 */
    uint32_t stuck_ones;  /* its bits that always read 1 */
};

struct nvmc {
    uint8_t *bytes; /* NVMC_SIZE of them */
    struct nvmc_meta *meta;
    struct nvmc_hooks hooks;
    struct nvmc_plan plan;
    uint32_t protected_from; /* range that non-secure code must not read; equal bounds = none */
    uint32_t protected_to;
    bool secure;                /* set while the bootloader runs: no protection, rewrites are counted only */
    uint64_t operations;        /* page erases and program calls since nvmc_open */
    uint64_t words_overwritten; /* words written while not blank */
};

/* Takes over bytes and meta. A blank or foreign meta is made new; an operation that a kill interrupted leaves its mark.
 */
void nvmc_open(struct nvmc *flash, uint8_t *bytes, struct nvmc_meta *meta, uint32_t seed);

/* Called at every boot before anything reads the flash: weak cells get older, and show. */
void nvmc_power_cycle(struct nvmc *flash);

/* Reads; stuck bits apply. Non-secure reads of the protected range fault. */
enum nvmc_status nvmc_read(struct nvmc *flash, uint32_t address, void *into, size_t count);

/* Programs whole words (address and count are multiples of 4); bits only clear. One operation. */
enum nvmc_status nvmc_program(struct nvmc *flash, uint32_t address, const void *bytes, size_t count);

/* Erases one page (address is its start). One operation. */
enum nvmc_status nvmc_erase(struct nvmc *flash, uint32_t address);

/* Writes straight into the cells, as a debugger probe would: no rules, no time, no count. For factory images and tests.
 */
void nvmc_place(struct nvmc *flash, uint32_t address, const void *bytes, size_t count);

#endif
