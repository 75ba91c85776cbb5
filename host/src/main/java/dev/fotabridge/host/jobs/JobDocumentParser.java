package dev.fotabridge.host.jobs;

import dev.fotabridge.host.outcome.FotaException;

final class JobDocumentParser {
    private JobDocumentParser() {}

    static JobDocument parse(String json) throws FotaException {
        throw new UnsupportedOperationException();
    }
}
