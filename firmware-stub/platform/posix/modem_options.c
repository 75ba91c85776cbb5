#include "modem_options.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    uint32_t result;
    uint32_t times;
} RESULTS[] = {
    {"ok", STUB_MODEM_RESULT_OK, 0},
    {"none", 0, UINT32_MAX},
    {"internal", STUB_MODEM_RESULT_INTERNAL, UINT32_MAX},
    {"hardware", STUB_MODEM_RESULT_HARDWARE, UINT32_MAX},
    {"auth", STUB_MODEM_RESULT_AUTH, UINT32_MAX},
    {"uuid", STUB_MODEM_RESULT_UUID, UINT32_MAX},
    {"voltage-low", STUB_MODEM_RESULT_VOLTAGE_LOW, UINT32_MAX},
    {"voltage-low-once", STUB_MODEM_RESULT_VOLTAGE_LOW, 1},
};

struct modem_config modem_defaults(void) {
    return (struct modem_config){.erase_ms = MODEM_ERASE_MS, .apply_ms = MODEM_APPLY_MS};
}

static bool set_number(uint32_t *number, const char *value, uint32_t most) {
    char *end;
    unsigned long parsed = strtoul(value, &end, 10);
    *number = (uint32_t)parsed;
    return value[0] >= '0' && value[0] <= '9' && *end == '\0' && parsed <= most;
}

static bool set_text(const char **text, char *room, size_t size, const char *value) {
    size_t length = strlen(value);
    for (size_t i = 0; i < length; i++) {
        if (value[i] < 0x21 || value[i] > 0x7E) {
            return false;
        }
    }
    if (length == 0 || length >= size) {
        return false;
    }
    memcpy(room, value, length + 1);
    *text = room;
    return true;
}

static bool set_result(struct modem_config *config, const char *value) {
    for (size_t i = 0; i < sizeof RESULTS / sizeof RESULTS[0]; i++) {
        if (strcmp(RESULTS[i].name, value) == 0) {
            config->result = RESULTS[i].result;
            config->result_times = RESULTS[i].times;
            return true;
        }
    }
    return false;
}

static bool set_fault(struct modem_config *config, const char *value) {
    static const char *const calls[] = {"open:", "erase:", "write:", "schedule:"};
    char *end;
    for (unsigned i = 0; i < 4; i++) {
        size_t length = strlen(calls[i]);
        if (strncmp(value, calls[i], length) == 0) {
            config->fault_call = (enum modem_call)i;
            config->fault_code = (int32_t)strtol(value + length, &end, 10);
            config->fault_times = UINT32_MAX;
            return config->fault_code != 0 &&
                   (*end == '\0' || (*end == ':' && set_number(&config->fault_times, end + 1, UINT32_MAX)));
        }
    }
    return false;
}

bool modem_option(struct modem_config *config, struct modem_words *words, const char *name, const char *value) {
    if (strcmp(name, "modem") == 0) {
        return set_text(&config->version, words->version, sizeof words->version, value);
    }
    if (strcmp(name, "modem-uuid") == 0) {
        return strlen(value) == STUB_MODEM_UUID_SIZE && set_text(&config->uuid, words->uuid, sizeof words->uuid, value);
    }
    if (strcmp(name, "modem-area") == 0) {
        config->dirty = strcmp(value, "dirty") == 0;
        return config->dirty || strcmp(value, "blank") == 0;
    }
    if (strcmp(name, "modem-area-size") == 0) {
        return set_number(&config->area, value, STUB_MODEM_OFFSET_DIRTY - 1);
    }
    if (strcmp(name, "modem-erase-ms") == 0) {
        return set_number(&config->erase_ms, value, 3600000);
    }
    if (strcmp(name, "modem-apply-ms") == 0) {
        return set_number(&config->apply_ms, value, 3600000);
    }
    if (strcmp(name, "modem-cut-at") == 0) {
        return set_number(&config->cut_at, value, UINT32_MAX);
    }
    if (strcmp(name, "modem-fault") == 0) {
        return set_fault(config, value);
    }
    return strcmp(name, "modem-result") == 0 && set_result(config, value);
}
