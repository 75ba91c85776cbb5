#include "ready.h"

#include <stdio.h>

/* JSON string of a path: quotes, backslashes and control characters escaped. */
static void print_json_text(const char *text) {
    putchar('"');
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\') {
            printf("\\%c", c);
        } else if (c < 0x20) {
            printf("\\u%04x", c);
        } else {
            putchar(c);
        }
    }
    putchar('"');
}

void ready_print(const struct options *options, const char *pty) {
    printf("{\"type\":\"READY\",\"link\":");
    print_json_text(options->link == NULL ? pty : options->link);
    printf(",\"pty\":");
    print_json_text(pty);
    printf(",\"flash\":");
    print_json_text(options->flash);
    printf("}\n");
    fflush(stdout);
}
