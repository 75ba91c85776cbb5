package dev.fotabridge.host.download;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behind a proxy nobody here sees addresses: who may be named then. */
class AllowedHostsTest {
    private static final AllowedHosts HOSTS =
            new AllowedHosts(Optional.of("a1-ats.iot.eu-central-1.amazonaws.com"), List.of("Files.example"));

    @ParameterizedTest
    @CsvSource({
        "files.example, true",
        "FILES.example, true",
        "a.files.example, false",
        "other.example, false",
        "localhost, false",
        "a1-ats.iot.eu-central-1.amazonaws.com, true",
        "a2-ats.iot.eu-central-1.amazonaws.com, false",
        "bucket.s3.eu-central-1.amazonaws.com, true",
        "my.bucket.s3.us-gov-west-1.amazonaws.com, true",
        "s3.eu-central-1.amazonaws.com, true",
        "s3-eu-west-1.amazonaws.com, true",
        "s3.amazonaws.com, true",
        "bucket.s3.amazonaws.com, true",
        "bucket.s3.dualstack.eu-central-1.amazonaws.com, true",
        "bucket.s3-accelerate.amazonaws.com, true",
        "bucket.s3-fips.us-east-1.amazonaws.com, true",
        "name-123456789012.s3-accesspoint.eu-central-1.amazonaws.com, true",
        "bucket.s3.cn-north-1.amazonaws.com.cn, true",
        "s3.eusc-de-east-1.amazonaws.eu, true",
        "bucket.s3.eusc-de-east-1.amazonaws.eu, true",
        "bucket.s3.dualstack.eusc-de-east-1.amazonaws.eu, true",
        "bucket.s3.us-iso-east-1.c2s.ic.gov, false",
        "bucket.s3.us-isob-east-1.sc2s.sgov.gov, false",
        "s3.eusc-de-east-1.elb.amazonaws.eu, false",
        "s3.eusc-de-east-1.amazonaws.eu.evil.example, false",
        "vpce-1a2b-3c.s3.eu-central-1.vpce.amazonaws.com, false",
        "internal-s3.eu-central-1.elb.amazonaws.com, false",
        "s3.eu-central-1.elb.amazonaws.com, false",
        "ec2-10-0-0-1.eu-central-1.compute.amazonaws.com, false",
        "evils3.amazonaws.com, false",
        "s3.amazonaws.com.evil.example, false",
        "bucket.s3.eu-central-1.amazonaws.com., false",
        "s3.eu-central-1xamazonaws.com, false",
        "52.219.1.1, true",
        "2a05:d07a::1, true",
        "10.0.0.1, false",
        "127.0.0.1, false",
        "169.254.169.254, false",
        "::1, false",
        "::ffff:10.0.0.1, false",
        "052.219.1.1, false",
        "52.219.1, false",
        "0x34.219.1.1, false",
        "883622145, false",
        "52.219.1.256, false"
    })
    void behindAProxyOnlyWhatIsNamedOrCannotLeadInside(String host, boolean allowed) {
        assertEquals(allowed, HOSTS.allowsBehindProxy(host));
    }
}
