/* Runs a target on files, where there is no libFuzzer: replay FILE... */
#include <stdio.h>

#include "fuzz.h"

#define SIZE_MAX_INPUT 65536u

int main(int argc, char **argv) {
    static uint8_t bytes[SIZE_MAX_INPUT];
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (file == NULL) {
            perror(argv[i]);
            return 2;
        }
        size_t count = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        uint8_t *input = malloc(count + 1); /* of its own size, for the sanitizer */
        memcpy(input, bytes, count);
        fprintf(stderr, "%s\r", argv[i]); /* the last one seen is the one that failed */
        LLVMFuzzerTestOneInput(input, count);
        free(input);
    }
    fprintf(stderr, "\n");
    printf("replayed %d inputs\n", argc - 1);
    return argc > 1 ? 0 : 2;
}
