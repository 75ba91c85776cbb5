/*
 * Loaded into QEMU (LD_PRELOAD). QEMU wants one file as large as the machine's memory, 16 MiB; the flash is a file of
 * exactly 1 MiB that posix uses too, with another one beside it. So QEMU is given an anonymous file of 16 MiB, and
 * where it maps that, the two real ones are laid over its start. Every store of the board is then in the files at once,
 * and outlives any kill.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../posix/dk.h"
#include "../parameters.h"

typedef void *mapper(void *at, size_t size, int protection, int flags, int file, off_t offset);

/* The descriptor is another one than the launcher's, the file is the same. */
static bool is_memory(int file) {
    struct stat asked, memory;
    const char *number = getenv("MPS2_MEMORY");
    return number != NULL && fstat(file, &asked) == 0 && fstat(atoi(number), &memory) == 0 &&
           asked.st_dev == memory.st_dev && asked.st_ino == memory.st_ino;
}

static void lay(mapper *map, uint8_t *at, size_t size, const char *suffix) {
    char path[4096];
    int length = snprintf(path, sizeof path, "%s%s", getenv("MPS2_FLASH"), suffix);
    int file = length < (int)sizeof path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0 || map(at, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file, 0) != at) {
        perror(path);
        exit(1);
    }
    close(file);
}

void *mmap(void *at, size_t size, int protection, int flags, int file, off_t offset) {
    mapper *map = (mapper *)(uintptr_t)dlsym(RTLD_NEXT, "mmap");
    uint8_t *mapped = map(at, size, protection, flags, file, offset);
    if (mapped != MAP_FAILED && file >= 0 && size >= PARAMETERS_RAM_SIZE && is_memory(file)) {
        lay(map, mapped, NVMC_SIZE, "");
        lay(map, mapped + NVMC_SIZE, sizeof(struct dk_meta), ".meta");
    }
    return mapped;
}

/* QEMU is built for large files and calls this one. */
void *mmap64(void *at, size_t size, int protection, int flags, int file, off_t offset) {
    return mmap(at, size, protection, flags, file, offset);
}
