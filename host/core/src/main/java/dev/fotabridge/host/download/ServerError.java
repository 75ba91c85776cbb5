package dev.fotabridge.host.download;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an object store says of a request that it refuses: S3's error code and the bucket's region. Only letters, digits,
 * hyphens and a dot of a bounded number are taken from the reply; the rest of an error's body repeats the URL's signature.
 *
 * @param code such as {@code NoSuchKey}
 * @param region such as {@code eu-central-1}
 */
public record ServerError(Optional<String> code, Optional<String> region) {
    /** Bytes of a refusal's body in which the code is looked for; S3 writes it first. */
    public static final int MAX_BODY_BYTES = 4_096;

    /** An element of XML, with a prefix, attributes, CDATA or blanks; a list of S3's web sites; a field of JSON. */
    private static final Pattern CODE =
            Pattern.compile("(?:<(?:[A-Za-z0-9]{1,16}:)?[Cc]ode(?:\\s[^<>]{0,99})?>\\s*(?:<!\\[CDATA\\[)?|<li>Code:"
                    + "|\"[Cc]ode\"\\s*:\\s*\")\\s*([A-Za-z0-9]{1,64}(?:\\.[A-Za-z0-9]{1,64})?)\\s*[<\"\\]]");

    private static final Pattern REGION = Pattern.compile("[a-z][a-z0-9-]{1,31}");
    private static final Pattern REGION_IN_BODY = Pattern.compile("<Region>(" + REGION + ")</Region>");

    /** What the codes mean that users meet (Amazon S3 API reference, error responses). */
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry(
                    "AuthorizationQueryParametersError", "the URL was presigned for another region, or is incomplete"),
            Map.entry("SignatureDoesNotMatch", "the URL was changed after it was signed, or signed with a wrong key"),
            Map.entry("InvalidAccessKeyId", "the key that signed the URL does not exist"),
            Map.entry("ExpiredToken", "the credentials that signed the URL have expired"),
            Map.entry("InvalidToken", "the credentials that signed the URL are not valid"),
            Map.entry("RequestTimeTooSkewed", "the signer's clock is wrong"),
            Map.entry("AccessDenied", "the URL has expired, or its signer may not read the object"),
            Map.entry("AllAccessDisabled", "the bucket is disabled"),
            Map.entry("InvalidObjectState", "the object is archived and must be restored first"),
            Map.entry("NoSuchBucket", "there is no such bucket"),
            Map.entry("NoSuchKey", "the bucket has no such object"),
            Map.entry("NoSuchVersion", "the object has no such version"),
            Map.entry("SlowDown", "it wants fewer requests"));

    private static final Set<String> WRONG_REGION = Set.of(
            "PermanentRedirect",
            "TemporaryRedirect",
            "AuthorizationQueryParametersError",
            "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException");

    /** Of a reply without any such word. */
    public static ServerError none() {
        return new ServerError(Optional.empty(), Optional.empty());
    }

    /**
     * Reads a refusal.
     *
     * @param region header x-amz-bucket-region
     * @param body the first {@link #MAX_BODY_BYTES} at most, or what there is
     */
    public static ServerError read(Optional<String> region, String body) {
        Optional<String> named = region.filter(text -> REGION.matcher(text).matches());
        return new ServerError(first(CODE, body), named.or(() -> first(REGION_IN_BODY, body)));
    }

    private static Optional<String> first(Pattern pattern, String body) {
        Matcher matcher = pattern.matcher(body);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** A status with the server's word for it, for a sentence: {@code 404 (NoSuchKey: the bucket has no such object)}. */
    String explain(int status) {
        boolean isElsewhere =
                status == 301 || code.filter(WRONG_REGION::contains).isPresent();
        Optional<String> place = region.filter(name -> isElsewhere)
                .map(name -> "the bucket is in " + name + ", which the URL must name");
        Optional<String> meaning = code.map(MEANINGS::get);
        String why = place.or(() -> meaning).orElse("");
        String word = code.orElse("");
        String separator = word.isEmpty() || why.isEmpty() ? "" : ": ";
        return word.isEmpty() && why.isEmpty() ? "" + status : status + " (" + word + separator + why + ")";
    }
}
