#include "flash_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool complain(const char *path, const char *what) {
    fprintf(stderr, "dk: %s: %s\n", path, what);
    return false;
}

/* Opens and maps a file of that size; a file of another size is only taken when it is empty. */
static void *map_file(const char *path, size_t size, bool *made, int *descriptor) {
    struct stat status;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0 || fstat(fd, &status) != 0) {
        complain(path, strerror(errno));
        return NULL;
    }
    *descriptor = fd;
    *made = status.st_size == 0;
    if (!*made && (size_t)status.st_size != size) {
        complain(path, "has another size: not a flash file of this program");
        return NULL;
    }
    if (ftruncate(fd, (off_t)size) != 0) {
        complain(path, strerror(errno));
        return NULL;
    }
    void *mapped = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED) {
        complain(path, strerror(errno));
        return NULL;
    }
    return mapped;
}

static bool all_blank(const uint8_t *bytes) {
    return bytes[0] == 0xff && memcmp(bytes, bytes + 1, NVMC_SIZE - 1) == 0;
}

/* A file beside the flash's; one that belongs to another flash of this name is made anew. */
static void *map_beside(const char *path, const char *suffix, size_t size, bool fresh) {
    char beside[4096];
    bool made;
    int descriptor;
    if ((size_t)snprintf(beside, sizeof beside, "%s%s", path, suffix) >= sizeof beside) {
        complain(path, "name too long");
        return NULL;
    }
    if (fresh) {
        unlink(beside);
    }
    void *mapped = map_file(beside, size, &made, &descriptor);
    if (mapped != NULL) {
        close(descriptor);
    }
    return mapped;
}

struct modem_meta *flash_file_modem(const struct flash_file *file, const char *path) {
    return map_beside(path, ".modem", sizeof(struct modem_meta), file->blank);
}

bool flash_file_open(struct flash_file *file, const char *path) {
    bool made;
    file->bytes = map_file(path, NVMC_SIZE, &made, &file->lock);
    if (file->bytes == NULL) {
        return false;
    }
    if (flock(file->lock, LOCK_EX | LOCK_NB) != 0) {
        return complain(path, "another virtual board uses this flash file");
    }
    if (made) {
        memset(file->bytes, 0xff, NVMC_SIZE);
    }
    file->blank = made || all_blank(file->bytes);
    file->meta = map_beside(path, ".meta", sizeof *file->meta, file->blank);
    return file->meta != NULL;
}

bool flash_file_program(struct flash_file *file, const struct boot_layout *layout, const char *image_path) {
    FILE *in = fopen(image_path, "rb");
    if (in == NULL) {
        return complain(image_path, strerror(errno));
    }
    size_t count = fread(file->bytes + layout->primary, 1, layout->slot_size, in);
    bool whole = count > 0 && fgetc(in) == EOF && ferror(in) == 0;
    fclose(in);
    if (!whole) {
        memset(file->bytes, 0xff, NVMC_SIZE);
        return complain(image_path, "cannot be read, is empty, or is larger than the slot");
    }
    return true;
}
