/* Plays vectors.txt (dumps made by the real MCUboot) on the boot model and compares every step. README.md explains. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../platform/posix/signature.h"
#include "../../platform/virtual/boot.h"

#define IMAGES_MAX 16
#define LINE_MAX_BYTES 4096
#define OPS_MAX 200

struct file_image {
    char name[32];
    uint8_t *bytes;
    size_t size;
};

struct op {
    bool erase;
    uint32_t address;
};

static struct {
    struct file_image images[IMAGES_MAX];
    int image_count;
    uint8_t bytes[NVMC_SIZE];
    struct nvmc_meta meta;
    struct nvmc flash;
    struct boot boot;
    struct boot_key *key;
    jmp_buf power;
    struct op ops[OPS_MAX]; /* of the last boot */
    uint32_t op_count;
    uint32_t op_next; /* next one that the vectors name */
    uint64_t last_operation;
    bool sweeping;
    uint8_t start_bytes[NVMC_SIZE]; /* where the sweep's boots start */
    uint8_t end_bytes[NVMC_SIZE];   /* after one that was not interrupted */
    char scenario[64];
    long line;
    long steps;
    long failures;
} t;

static void fail(const char *what, const char *wanted, const char *got) {
    t.failures++;
    fprintf(stderr, "vectors.txt:%ld: scenario %s: %s: wanted %s, got %s\n", t.line, t.scenario, what, wanted, got);
}

static void expect_number(const char *what, long wanted, long got) {
    if (wanted != got) {
        char w[32];
        char g[32];
        snprintf(w, sizeof w, "%ld", wanted);
        snprintf(g, sizeof g, "%ld", got);
        fail(what, w, g);
    }
}

static void expect_text(const char *what, const char *wanted, const char *got) {
    if (strcmp(wanted, got) != 0) {
        fail(what, wanted, got);
    }
}

static void on_power_cut(void *context) {
    (void)context;
    longjmp(t.power, 1);
}

/* The busy hook sees every operation begin: that is the list of driver calls. */
static void on_busy(void *context, uint32_t microseconds) {
    (void)context;
    (void)microseconds;
    if (t.flash.operations != t.last_operation && t.op_count < OPS_MAX) {
        t.ops[t.op_count++] = (struct op){t.meta.busy_kind == 1, t.meta.busy_address};
    }
    t.last_operation = t.flash.operations;
}

static void start_flash(void) {
    memset(&t.meta, 0, sizeof t.meta);
    nvmc_open(&t.flash, t.bytes, &t.meta, 1);
    t.flash.hooks = (struct nvmc_hooks){NULL, on_busy, on_power_cut, NULL};
    boot_init(&t.boot, &t.flash, boot_layout_named('A'), BOOT_MOVE);
    t.boot.verify = boot_key_verify;
    t.boot.verify_context = t.key;
}

static const struct file_image *find_image(const char *name) {
    for (int i = 0; i < t.image_count; i++) {
        if (strcmp(t.images[i].name, name) == 0) {
            return &t.images[i];
        }
    }
    fprintf(stderr, "no image %s\n", name);
    exit(2);
}

static struct file_image *new_image(const char *name, size_t size) {
    struct file_image *image = &t.images[t.image_count++];
    snprintf(image->name, sizeof image->name, "%s", name);
    image->bytes = calloc(1, size);
    image->size = size;
    return image;
}

static void load_file(const char *directory, const char *name, const char *file) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    FILE *in = fopen(path, "rb");
    if (in == NULL || fseek(in, 0, SEEK_END) != 0) {
        perror(path);
        exit(2);
    }
    long size = ftell(in);
    rewind(in);
    struct file_image *image = new_image(name, (size_t)size);
    if (fread(image->bytes, 1, image->size, in) != image->size) {
        perror(path);
        exit(2);
    }
    fclose(in);
}

static size_t from_hex(const char *hex, uint8_t *into) {
    size_t count = strlen(hex) / 2;
    for (size_t i = 0; i < count; i++) {
        unsigned value;
        sscanf(hex + 2 * i, "%2x", &value);
        into[i] = (uint8_t)value;
    }
    return count;
}

static void to_hex(const uint8_t *bytes, size_t count, char *hex) {
    for (size_t i = 0; i < count; i++) {
        snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
    }
}

static void load_sparse(char *arguments) {
    char *name = strtok(arguments, " ");
    struct file_image *image = new_image(name, strtoul(strtok(NULL, " "), NULL, 10));
    for (char *run = strtok(NULL, " "); run != NULL; run = strtok(NULL, " ")) {
        char *hex = strchr(run, ':');
        from_hex(hex + 1, image->bytes + strtoul(run, NULL, 16));
    }
}

static void place_image(const char *name, uint32_t address) {
    if (strcmp(name, "-") != 0) {
        const struct file_image *image = find_image(name);
        memcpy(t.bytes + address, image->bytes, image->size);
    }
}

/* As Zephyr's buffered writer with progressive erase leaves it: whole pages erased, the rest of the last word FF. */
static void download(const char *name) {
    const struct file_image *image = find_image(name);
    for (uint32_t at = 0; at < image->size; at += NVMC_PAGE) {
        uint8_t page[NVMC_PAGE];
        size_t take = image->size - at < NVMC_PAGE ? image->size - at : NVMC_PAGE;
        memset(page, 0xff, sizeof page);
        memcpy(page, image->bytes + at, take);
        nvmc_erase(&t.flash, t.boot.layout.secondary + at);
        nvmc_program(&t.flash, t.boot.layout.secondary + at, page, sizeof page);
    }
}

static const char *type_name(enum boot_swap_type type) {
    static const char *const names[] = {"?", "none", "test", "perm", "revert", "fail"};
    return names[type];
}

static void version_text(const struct boot_report *report, char text[32]) {
    const struct boot_image *image = &report->image;
    if (!report->booted) {
        snprintf(text, 32, "none");
        return;
    }
    snprintf(text, 32, "%u.%u.%u+%" PRIu32, image->major, image->minor, image->revision, image->build);
}

static void expect_boot(const struct boot_report *report, const char *version, const char *type, long resumed) {
    char booted[32];
    version_text(report, booted);
    expect_text("booted", version, booted);
    expect_number("resumed", resumed, report->resumed);
    if (strcmp(type, "-") != 0) {
        expect_text("swap type", type, type_name(report->swap_type));
    }
}

static void play_boot(char *arguments) {
    char version[32];
    char type[16];
    char counts[3][16];
    long resumed;
    sscanf(arguments, "%31s %15s %ld %15s %15s %15s", version, type, &resumed, counts[0], counts[1], counts[2]);
    t.boot.write_calls = 0;
    t.boot.erase_calls = 0;
    t.flash.words_overwritten = 0;
    t.op_count = 0;
    t.op_next = 0;
    struct boot_report report = boot_run(&t.boot);
    expect_boot(&report, version, type, resumed);
    const long got[3] = {(long)t.boot.write_calls, (long)t.boot.erase_calls, (long)t.flash.words_overwritten};
    static const char *const names[3] = {"write calls", "erase calls", "words overwritten"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(counts[i], "-") != 0) {
            expect_number(names[i], strtol(counts[i], NULL, 10), got[i]);
        }
    }
}

/* Runs a boot that loses power before operation count + 1. */
static void cut_boot(uint32_t count) {
    t.flash.operations = 0;
    t.flash.plan.cut_at = (uint64_t)count + 1;
    if (setjmp(t.power) == 0) {
        boot_run(&t.boot);
        fail("power cut", "happens", "did not");
    }
    t.flash.plan.cut_at = 0;
    nvmc_power_cycle(&t.flash);
}

static void slot_digest(int slot, char hex[65]) {
    uint8_t digest[BOOT_SHA256_SIZE];
    struct boot_sha256 hash;
    uint32_t base = slot == 0 ? t.boot.layout.primary : t.boot.layout.secondary;
    boot_sha256_init(&hash);
    boot_sha256_update(&hash, t.bytes + base, t.boot.layout.slot_size);
    boot_sha256_finish(&hash, digest);
    to_hex(digest, sizeof digest, hex);
}

static void check_slot(char *arguments) {
    int slot;
    char wanted_sha[65];
    char wanted_last[129];
    char got_sha[65];
    char got_last[129];
    sscanf(arguments, "%d %64s %128s", &slot, wanted_sha, wanted_last);
    uint32_t base = slot == 0 ? t.boot.layout.primary : t.boot.layout.secondary;
    to_hex(t.bytes + base + t.boot.layout.slot_size - 64, 64, got_last);
    slot_digest(slot, got_sha);
    expect_text(slot == 0 ? "last 64 bytes of slot 0" : "last 64 bytes of slot 1", wanted_last, got_last);
    expect_text(slot == 0 ? "slot 0" : "slot 1", wanted_sha, got_sha);
    t.steps++;
}

static void check_view(char *arguments) {
    static const char *const names[10] = {"magic 0", "type 0",      "copy_done 0", "image_ok 0", "magic 1",
                                          "type 1",  "copy_done 1", "image_ok 1",  "pending",    "confirmed"};
    struct boot_swap_state first = boot_swap_state(&t.boot, BOOT_PRIMARY);
    struct boot_swap_state second = boot_swap_state(&t.boot, BOOT_SECONDARY);
    const long got[10] = {first.magic,           (long)first.swap_type,     first.copy_done,  first.image_ok,
                          second.magic,          (long)second.swap_type,    second.copy_done, second.image_ok,
                          boot_pending(&t.boot), boot_is_confirmed(&t.boot)};
    char *next = arguments;
    for (int i = 0; i < 10; i++) {
        expect_number(names[i], strtol(next, &next, 10), got[i]);
    }
}

static void check_op(char *arguments) {
    char kind[8];
    uint32_t slot;
    uint32_t offset;
    sscanf(arguments, "%7s %" SCNu32 " %" SCNx32, kind, &slot, &offset);
    if (t.op_next >= t.op_count) {
        fail("driver call", kind, "no more");
        return;
    }
    const struct op *op = &t.ops[t.op_next++];
    uint32_t base = slot == 0 ? t.boot.layout.primary : t.boot.layout.secondary;
    expect_text("driver call", kind, op->erase ? "erase" : "write");
    expect_number("its address", (long)(base + offset), (long)op->address);
}

/* The uninterrupted boot that every cut one is compared with. */
static void begin_sweep(void) {
    memcpy(t.start_bytes, t.bytes, sizeof t.bytes);
    boot_run(&t.boot);
    memcpy(t.end_bytes, t.bytes, sizeof t.bytes);
    t.sweeping = true;
}

static void play_sweep(char *arguments) {
    uint32_t count;
    char version[32];
    char type[16];
    long resumed;
    int equal;
    char wanted[2][65];
    int fields = sscanf(arguments, "%" SCNu32 " %31s %15s %ld %d %64s %64s", &count, version, type, &resumed, &equal,
                        wanted[0], wanted[1]);
    if (!t.sweeping) {
        begin_sweep();
    }
    memcpy(t.bytes, t.start_bytes, sizeof t.bytes);
    start_flash();
    cut_boot(count);
    struct boot_report report = boot_run(&t.boot);
    expect_boot(&report, version, strcmp(type, "None") == 0 ? "-" : type, resumed);
    expect_number("equals the uninterrupted run", equal, memcmp(t.bytes, t.end_bytes, sizeof t.bytes) == 0);
    for (int slot = 0; fields == 7 && slot < 2; slot++) {
        char got[65];
        slot_digest(slot, got);
        expect_text("slot after the cut", wanted[slot], got);
    }
    t.steps++;
}

static void play_request(char *arguments) {
    char kind[16];
    int result;
    sscanf(arguments, "%15s %d", kind, &result);
    expect_number("boot_request_upgrade", result, boot_request_upgrade(&t.boot, strcmp(kind, "permanent") == 0));
}

static void play_init(char *arguments) {
    char names[2][32];
    sscanf(arguments, "%31s %31s", names[0], names[1]);
    memset(t.bytes, 0xff, sizeof t.bytes);
    start_flash();
    place_image(names[0], t.boot.layout.primary);
    place_image(names[1], t.boot.layout.secondary);
}

static void play_place(char *arguments) {
    char *hex;
    uint8_t bytes[256];
    uint32_t address = (uint32_t)strtoul(arguments, &hex, 16);
    size_t count = from_hex(hex + 1, bytes);
    nvmc_place(&t.flash, address, bytes, count);
}

static void play_cut(char *arguments) {
    cut_boot((uint32_t)strtoul(arguments, NULL, 10));
}

static void play_confirm(char *arguments) {
    expect_number("boot_write_img_confirmed", strtol(arguments, NULL, 10), boot_confirm(&t.boot));
}

static void play_erase(char *arguments) {
    (void)arguments;
    boot_erase_slot(&t.boot, BOOT_SECONDARY);
}

static void play_download(char *arguments) {
    download(strchr(arguments, ' ') + 1);
}

static void play_scenario(char *arguments) {
    snprintf(t.scenario, sizeof t.scenario, "%.60s", arguments);
    t.sweeping = false;
}

static void play(const char *word, char *arguments) {
    static const struct {
        const char *word;
        void (*play)(char *arguments);
    } verbs[] = {{"scenario", play_scenario}, {"init", play_init},       {"place", play_place},
                 {"request", play_request},   {"confirm", play_confirm}, {"erase", play_erase},
                 {"download", play_download}, {"boot", play_boot},       {"cut", play_cut},
                 {"slot", check_slot},        {"view", check_view},      {"op", check_op},
                 {"sweep", play_sweep},       {"sparse", load_sparse}};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (strcmp(verbs[i].word, word) == 0) {
            verbs[i].play(arguments);
            return;
        }
    }
    fprintf(stderr, "vectors.txt:%ld: unknown line %s\n", t.line, word);
    exit(2);
}

static void play_line(const char *directory, char *line) {
    line[strcspn(line, "\n")] = '\0';
    char *arguments = strchr(line, ' ');
    if (line[0] == '#' || arguments == NULL) {
        return;
    }
    *arguments++ = '\0';
    if (strcmp(line, "file") == 0) {
        char *file = strchr(arguments, ' ');
        *file = '\0';
        load_file(directory, arguments, file + 1);
    } else {
        play(line, arguments);
    }
}

static FILE *open_beside(const char *directory, const char *name) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    return file;
}

int main(int argc, char **argv) {
    static char line[LINE_MAX_BYTES];
    char key_path[512];
    const char *directory = argc > 1 ? argv[1] : "tests/boot";
    snprintf(key_path, sizeof key_path, "%s/root-ec-p256.pub.pem", directory);
    t.key = boot_key_load(key_path);
    if (t.key == NULL) {
        fprintf(stderr, "cannot read %s\n", key_path);
        return 2;
    }
    FILE *vectors = open_beside(directory, "vectors.txt");
    while (fgets(line, sizeof line, vectors) != NULL) {
        t.line++;
        play_line(directory, line);
    }
    fclose(vectors);
    boot_key_free(t.key);
    for (int i = 0; i < t.image_count; i++) {
        free(t.images[i].bytes);
    }
    printf("test_boot: %ld states compared, %ld differences\n", t.steps, t.failures);
    return t.failures == 0 && t.steps > 600 ? 0 : 1;
}
