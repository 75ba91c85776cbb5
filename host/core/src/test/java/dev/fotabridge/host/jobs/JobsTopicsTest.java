package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobsTopicsTest {
    /** A job may be called get or update: the level tells, not the word. */
    @ParameterizedTest
    @CsvSource({
        "$next/get,true",
        "$next/get/accepted,true",
        "job-1/get,true",
        "update/get/rejected,true",
        "job-1/update,false",
        "get/update,false",
        "get/update/accepted,false",
        "notify,false"
    })
    void questionsAreDistinguishedFromReports(String rest, boolean get) {
        assertEquals(get, JobsTopics.isAboutGet("$aws/things/dk-1/jobs/" + rest));
    }
}
