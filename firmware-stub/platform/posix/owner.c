#include "owner.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define EXIT_KILLED 137

static void on_change(int number) {
    struct pollfd input = {STDIN_FILENO, POLLIN, 0};
    (void)number;
    if (poll(&input, 1, 0) > 0 && (input.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
        _exit(EXIT_KILLED);
    }
}

void owner_watch(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_change;
    action.sa_flags = SA_RESTART;
    sigaction(SIGIO, &action, NULL);
    fcntl(STDIN_FILENO, F_SETOWN, getpid());
    fcntl(STDIN_FILENO, F_SETFL, fcntl(STDIN_FILENO, F_GETFL) | O_ASYNC);
    on_change(SIGIO); /* it may be gone already */
}
