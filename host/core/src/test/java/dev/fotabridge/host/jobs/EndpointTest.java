package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(strings = {"a1b2.iot.eu-central-1.amazonaws.com", "A1B2.IOT.cn-north-1.amazonaws.com.cn"})
    void warnsOfTheOlderKind(String host) {
        assertTrue(
                new Endpoint(host, Endpoint.MQTT_PORT).warning().orElseThrow().contains("iot:Data-ATS"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1b2-ats.iot.eu-central-1.amazonaws.com",
                "localhost",
                "iot.example.org",
                "broker-1.plant.example",
                "a1b2.jobs.iot.eu-central-1.amazonaws.com",
                "a1b2.ats.iot.cn-north-1.amazonaws.com.cn",
                "t1.deviceadvisor.iot.us-east-1.amazonaws.com",
                "data.iot-fips.us-gov-west-1.amazonaws.com",
                "data-ats.iot-fips.ca-central-1.api.aws",
                "a1b2-ats.iot.eu-central-1.api.aws"
            })
    void isSilentAboutAllOthers(String host) {
        assertEquals(Optional.empty(), new Endpoint(host, Endpoint.MQTT_PORT).warning());
    }

    @Test
    void takesAHostWithAPortOrWithout() throws Exception {
        assertEquals(new Endpoint("localhost", 8883), Endpoint.parse("localhost"));
        assertEquals(new Endpoint("a1b2-ats.iot.eu-central-1.amazonaws.com", 443), awsEndpoint());
        assertEquals("eu-central-1", awsEndpoint().region());
    }

    @Test
    void takesAnAddress() throws Exception {
        assertEquals(new Endpoint("192.168.1.20", 8884), Endpoint.parse("192.168.1.20:8884"));
        assertEquals(new Endpoint("3broker", 8883), Endpoint.parse("3broker"));
    }

    private static Endpoint awsEndpoint() throws FotaException {
        return Endpoint.parse("a1b2-ats.iot.eu-central-1.amazonaws.com:443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":8883", "localhost:", "localhost:0", "localhost:65536", "a b", "https://localhost", "::1"})
    void refusesWhatIsNoHost(String text) {
        FotaException refusal = assertThrows(FotaException.class, () -> Endpoint.parse(text));
        assertEquals(Reason.CONFIGURATION, refusal.reason());
        assertTrue(refusal.getMessage().contains("--endpoint"), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "a1b2-ats.iot.eu-central-1.amazonaws.com, arn:aws:iot:eu-central-1:ACCOUNT:, ''",
        "a1b2.ats.iot.cn-northwest-1.amazonaws.com.cn, arn:aws-cn:iot:cn-northwest-1:ACCOUNT:, ''",
        "a1b2-ats.iot.us-gov-west-1.amazonaws.com, arn:aws-us-gov:iot:us-gov-west-1:ACCOUNT:, ''",
        "data.iot-fips.us-gov-east-1.amazonaws.com, arn:aws-us-gov:iot:us-gov-east-1:ACCOUNT:, ''",
        "t1.deviceadvisor.iot.us-east-1.amazonaws.com, arn:aws:iot:us-east-1:ACCOUNT:, ''",
        "a1b2-ats.iot.eu-west-1.api.aws, arn:aws:iot:eu-west-1:ACCOUNT:, ''",
        "a1b2-ats.iot.cn-north-1.api.amazonwebservices.com.cn, arn:aws-cn:iot:cn-north-1:ACCOUNT:, ''",
        "a1b2-ats.iot.eusc-de-east-1.amazonaws.eu, arn:aws-eusc:iot:eusc-de-east-1:ACCOUNT:, ''",
        "a1b2-ats.iot.eusc-de-east-1.api.amazonwebservices.eu, arn:aws-eusc:iot:eusc-de-east-1:ACCOUNT:, ''",
        "a1b2.jobs.iot.cn-north-1.amazonaws.com.cn, arn:aws-cn:iot:cn-north-1:ACCOUNT:, jobs",
        "a1b2.credentials.iot.us-east-1.amazonaws.com, arn:aws:iot:us-east-1:ACCOUNT:, credentials",
        "iot.us-east-1.amazonaws.com, arn:aws:iot:us-east-1:ACCOUNT:, control plane",
        "a1b2-ats.iot.us-iso-east-1.c2s.ic.gov, arn:aws-iso:iot:us-iso-east-1:ACCOUNT:, ''",
        "a1b2-ats.iot.us-isob-east-1.sc2s.sgov.gov, arn:aws-iso-b:iot:us-isob-east-1:ACCOUNT:, ''",
        "a1b2-ats.iot.eu-isoe-west-1.cloud.adc-e.uk, arn:aws-iso-e:iot:eu-isoe-west-1:ACCOUNT:, ''",
        "a1b2-ats.iot.us-isof-south-1.csp.hci.ic.gov, arn:aws-iso-f:iot:us-isof-south-1:ACCOUNT:, ''",
        "a1b2-ats.iot.us-iso-east-1.api.aws.ic.gov, arn:aws-iso:iot:us-iso-east-1:ACCOUNT:, ''",
        "a1b2-ats.iot.us-isob-east-1.api.aws.scloud, arn:aws-iso-b:iot:us-isob-east-1:ACCOUNT:, ''",
        "a1b2-ats.iot.us-isof-south-1.api.aws.hci.ic.gov, arn:aws-iso-f:iot:us-isof-south-1:ACCOUNT:, ''",
        "a1b2.jobs.iot.eu-isoe-west-1.api.cloud-aws.adc-e.uk, arn:aws-iso-e:iot:eu-isoe-west-1:ACCOUNT:, jobs",
        "localhost, arn:aws:iot:REGION:ACCOUNT:, ''"
    })
    void knowsAllOfAwssPartitions(String host, String arn, String kind) throws Exception {
        Endpoint endpoint = Endpoint.parse(host);
        assertEquals(!host.equals("localhost"), endpoint.isAws());
        assertEquals(arn, endpoint.arn());
        assertEquals(kind, endpoint.kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mqtts://a.example:8883 | leave the scheme 'mqtts://' out: --endpoint a.example:8883.",
                "https://u:secret@a.example/mqtt | leave the scheme 'https://' out: --endpoint a.example.",
                "u:secret@a.example | has a user before an @, and AWS IoT knows none: leave it out: --endpoint"
                        + " a.example.",
                "a.example:443/mqtt | has a path behind the host: leave it out: --endpoint a.example:443.",
                "'a.example ' | has a space in it: leave it out: --endpoint a.example.",
                "a.example. | has a dot at the end of the host: leave it out: --endpoint a.example.",
                "a.example.:8883 | has a dot at the end of the host: leave it out: --endpoint a.example:8883.",
                "a_b.example | must be HOST or HOST:PORT",
                "-a.example | must be HOST or HOST:PORT",
                "a..example | must be HOST or HOST:PORT",
                "0x7f.1 | '0x7f.1' looks like an address and is none: an IPv4 address is four numbers from 0 to 255"
                        + " without zeros in front, and the last part of a name begins with a letter.",
                "127.1:8883 | '127.1' looks like an address and is none",
                "0177.0.0.2 | '0177.0.0.2' looks like an address and is none",
                "1.2.3.256 | '1.2.3.256' looks like an address and is none",
                "2130706433 | '2130706433' looks like an address and is none",
                "broker.1st | 'broker.1st' looks like an address and is none"
            })
    void namesWhatIsTooMuch(String text, String sentence) {
        FotaException refusal = assertThrows(FotaException.class, () -> Endpoint.parse(text));
        assertTrue(
                refusal.getMessage().endsWith(sentence) || refusal.getMessage().contains("--endpoint " + sentence),
                refusal.getMessage());
        assertFalse(refusal.getMessage().contains("secret"), refusal.getMessage());
    }
}
