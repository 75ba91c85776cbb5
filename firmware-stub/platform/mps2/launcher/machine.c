#include "machine.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORDS (sizeof(struct parameters) / sizeof(uint32_t))
#define MORE_END (64 + 2 * WORDS)
#define LINE_BUFFER 4096 /* small, or the board would run far ahead of the line */

struct arguments {
    const char *list[MORE_END + 1];
    size_t count;
    char text[4 + WORDS][128];
    size_t texts;
};

static bool failed(const char *what) {
    fprintf(stderr, "mps2: %s: %s\n", what, strerror(errno));
    return false;
}

static void add(struct arguments *arguments, const char *argument) {
    arguments->list[arguments->count++] = argument;
}

static void add_number(struct arguments *arguments, const char *name, const char *format, int number) {
    char *text = arguments->text[arguments->texts++];
    snprintf(text, sizeof arguments->text[0], format, number);
    add(arguments, name);
    add(arguments, text);
}

static void add_parameters(struct arguments *arguments, const struct parameters *parameters) {
    uint32_t words[WORDS];
    memcpy(words, parameters, sizeof words);
    for (unsigned i = 0; i < WORDS; i++) {
        char *text = arguments->text[arguments->texts++];
        snprintf(text, sizeof arguments->text[0], "loader,addr=0x%x,data=0x%x,data-len=4",
                 (unsigned)PARAMETERS_ADDRESS + 4 * i, words[i]);
        add(arguments, "-device");
        add(arguments, text);
    }
}

static void add_all(struct arguments *arguments, const struct machine_parts *parts, int memory, int line) {
    static const char *const fixed[] = {
        "qemu-system-arm",  "-nodefaults", "-nographic",   "-M",     "mps2-an505,memory-backend=ram0", "-nic",
        "user,restrict=on", "-serial",     "chardev:line", "-kernel"};
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        add(arguments, fixed[i]);
    }
    add(arguments, parts->program);
    add_number(arguments, "-chardev", "socket,id=line,fd=%d", line);
    add_number(arguments, "-object", "memory-backend-file,id=ram0,mem-path=/proc/self/fd/%d,size=16M,share=on", memory);
}

/* For debugging by hand: what the environment adds, separated by spaces. */
static void add_more(struct arguments *arguments) {
    static char more[1024];
    const char *given = getenv("QEMU_ARGUMENTS");
    snprintf(more, sizeof more, "%s", given == NULL ? "" : given);
    for (char *word = strtok(more, " "); word != NULL && arguments->count < MORE_END; word = strtok(NULL, " ")) {
        add(arguments, word);
    }
}

/* QEMU's two threads hand each received byte over to each other: on one CPU that goes two to four times as fast. */
static void stay_on_one_cpu(void) {
    cpu_set_t cpus;
    int cpu = sched_getcpu();
    if (cpu >= 0) {
        CPU_ZERO(&cpus);
        CPU_SET((unsigned)cpu, &cpus);
        sched_setaffinity(0, sizeof cpus, &cpus);
    }
}

/* What overlay.c wants to know, and the two descriptors that the command line names. */
static void pass_files(const struct machine_parts *parts, int memory, int line) {
    char number[16];
    fcntl(memory, F_SETFD, 0);
    fcntl(line, F_SETFD, 0);
    snprintf(number, sizeof number, "%d", memory);
    setenv("MPS2_MEMORY", number, 1);
    setenv("MPS2_FLASH", parts->flash, 1);
    setenv("LD_PRELOAD", parts->overlay, 1);
}

/* A Ctrl-C at the terminal is the launcher's, and so is its standard input. */
static void leave_terminal(void) {
    int nothing = open("/dev/null", O_RDWR);
    setpgid(0, 0);
    dup2(nothing, STDIN_FILENO);
}

static void default_signals(void) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
}

/* Runs in the child. Says on `told` why QEMU could not be started; when it could, that pipe just ends. */
static _Noreturn void become_qemu(const struct arguments *arguments, pid_t parent, int told) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(1);
    }
    leave_terminal();
    default_signals();
    stay_on_one_cpu();
    execvp(arguments->list[0], (char *const *)(uintptr_t)arguments->list);
    int why = errno;
    _exit(write(told, &why, sizeof why) == sizeof why ? 127 : 126);
}

static bool has_started(int told) {
    int why;
    if (read(told, &why, sizeof why) != sizeof why) {
        return true;
    }
    fprintf(stderr, "mps2: cannot start qemu-system-arm: %s; install the package qemu-system-arm\n", strerror(why));
    return false;
}

static bool open_line(int line[2]) {
    int size = LINE_BUFFER;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line) != 0) {
        return false;
    }
    for (int i = 0; i < 2; i++) {
        setsockopt(line[i], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    }
    return fcntl(line[0], F_SETFL, O_NONBLOCK) == 0;
}

bool machine_start(struct machine *machine, const struct machine_parts *parts, const struct parameters *parameters) {
    struct arguments arguments = {.count = 0};
    int line[2], told[2];
    pid_t parent = getpid();
    int memory = memfd_create("mps2", MFD_CLOEXEC);
    if (memory < 0 || ftruncate(memory, PARAMETERS_RAM_SIZE) != 0) {
        return failed("no memory for the machine");
    }
    if (!open_line(line) || pipe2(told, O_CLOEXEC) != 0) {
        return failed("no pipe");
    }
    add_all(&arguments, parts, memory, line[1]);
    add_parameters(&arguments, parameters);
    add_more(&arguments);
    machine->line = line[0];
    machine->pid = fork();
    if (machine->pid == 0) {
        pass_files(parts, memory, line[1]);
        become_qemu(&arguments, parent, told[1]);
    }
    close(line[1]);
    close(memory);
    close(told[1]);
    bool started = machine->pid > 0 && has_started(told[0]);
    close(told[0]);
    return started;
}

void machine_stop(const struct machine *machine) {
    kill(machine->pid, SIGKILL);
    waitpid(machine->pid, NULL, 0);
    close(machine->line);
}
