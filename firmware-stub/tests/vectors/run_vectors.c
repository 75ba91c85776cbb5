/* Usage: run_vectors DIRECTORY */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../check.h"
#include "vectors.h"

#define LINE_MAX_BYTES 65536

static unsigned nibble(char c) {
    const char *digits = "0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(digits, c);
    return at == NULL ? 16 : (unsigned)(at - digits);
}

size_t vector_hex(const char *hex, uint8_t *into, size_t capacity) {
    size_t count = 0;
    while (count < capacity && nibble(hex[0]) < 16 && nibble(hex[1]) < 16) {
        into[count++] = (uint8_t)(nibble(hex[0]) << 4 | nibble(hex[1]));
        hex += 2;
    }
    return count;
}

/* Cuts the next column off; the last one ends with the line. */
static char *column(char **rest) {
    char *start = *rest;
    char *end = start == NULL ? NULL : strstr(start, " | ");
    *rest = end == NULL ? NULL : end + 3;
    if (end != NULL) {
        *end = '\0';
    }
    return start;
}

static bool parse(char *line, struct vector *v) {
    char *rest = line;
    line[strcspn(line, "\n")] = '\0';
    v->name = column(&rest);
    const char *verdict = column(&rest);
    const char *bytes = column(&rest);
    v->form = column(&rest);
    if (v->form == NULL || rest != NULL) {
        return false;
    }
    v->accept = strcmp(verdict, "accept") == 0;
    v->reason = v->accept ? "" : verdict + strlen("reject ");
    if (bytes[0] != '\0' && bytes[1] != '\0' && bytes[2] == ':') {
        vector_hex(bytes, &v->type, 1);
        bytes += 3;
    }
    v->count = vector_hex(bytes, v->bytes, sizeof v->bytes);
    return 2 * v->count == strlen(bytes) && (v->accept || strncmp(verdict, "reject ", 7) == 0);
}

bool vectors_read(const char *path, void (*use)(const struct vector *v)) {
    static char line[LINE_MAX_BYTES];
    static struct vector v;
    FILE *file = fopen(path, "r");
    bool right = file != NULL;
    while (right && fgets(line, sizeof line, file) != NULL) {
        if (line[0] != '#' && line[0] != '\n') {
            right = parse(line, &v);
            check_begin(v.name);
            use(&v);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    if (!right) {
        fprintf(stderr, "%s: cannot be read, or a line is not in the format\n", path);
    }
    return right;
}

int main(int count, char **arguments) {
    char path[4096];
    if (count != 2) {
        fprintf(stderr, "usage: run_vectors DIRECTORY\n");
        return 2;
    }
    snprintf(path, sizeof path, "%s/frames.vec", arguments[1]);
    CHECK(vectors_read(path, check_frame_vector));
    snprintf(path, sizeof path, "%s/messages.vec", arguments[1]);
    CHECK(vectors_read(path, check_message_vector));
    snprintf(path, sizeof path, "%s/../SPEC.md", arguments[1]);
    CHECK(check_exchange(path));
    return check_summary("run_vectors");
}
