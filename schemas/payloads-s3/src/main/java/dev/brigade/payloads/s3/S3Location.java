package dev.brigade.payloads.s3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in S3 payloads lie.
 *
 * @param bucket the bucket, which must be there
 * @param prefix what every key begins with; empty, or ending with a slash
 */
record S3Location(String bucket, String prefix) {

    private static final Pattern FORM =
            Pattern.compile(
                    "[sS]3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([A-Za-z0-9!_.*'()/-]*))?");
    private static final int MAX_PREFIX_LENGTH = 500;

    /**
     * The place that a location names.
     *
     * @throws IllegalArgumentException when it is not {@code s3://bucket/prefix}
     */
    static S3Location of(String location) {
        Matcher form = FORM.matcher(location);
        if (!form.matches() || location.length() > MAX_PREFIX_LENGTH) {
            throw new IllegalArgumentException(
                    "a payload store in S3 is s3://bucket/prefix, the prefix of letters, digits,"
                            + " slashes and !_.*'()-");
        }
        String prefix = form.group(2) == null ? "" : form.group(2).replaceAll("/+$", "");
        return new S3Location(form.group(1), prefix.isEmpty() ? "" : prefix + "/");
    }
}
