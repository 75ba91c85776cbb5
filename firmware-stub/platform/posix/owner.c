#include "owner.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define EXIT_KILLED 137

static atomic_bool cut;

static void obey(const char *bytes, ssize_t count) {
    for (ssize_t i = 0; i < count; i++) {
        if (bytes[i] == 'c' || bytes[i] == 'j') {
            atomic_store(&cut, bytes[i] == 'c');
        }
    }
}

bool owner_cuts_line(void) {
    return atomic_load(&cut);
}

static void *wait_for_end(void *argument) {
    char bytes[64];
    ssize_t count;
    do {
        count = read(STDIN_FILENO, bytes, sizeof bytes);
        obey(bytes, count);
    } while (count > 0 || (count < 0 && errno == EINTR));
    _exit(EXIT_KILLED);
    return argument;
}

void owner_watch(void) {
    pthread_t thread;
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* signals are for the thread that serves the board */
    int error = pthread_create(&thread, NULL, wait_for_end, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (error != 0) {
        fprintf(stderr, "dk: no thread to watch the owner: %s\n", strerror(error));
        _exit(EXIT_KILLED);
    }
}
