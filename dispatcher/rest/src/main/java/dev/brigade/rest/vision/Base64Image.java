package dev.brigade.rest.vision;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonValue;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * An image in Base64, by the letter of RFC 4648: no line ends, padded, and without stray bits. A
 * lenient decoder would turn a damaged text into another image.
 */
final class Base64Image {

    private static final Pattern DATA_URI =
            Pattern.compile("data:([a-zA-Z0-9.+-]{1,60}/[a-zA-Z0-9.+-]{1,60})?;base64,");
    private static final int MAX_PREFIX = 160;

    private Base64Image() {}

    /**
     * The bytes.
     *
     * @throws ApiException {@code invalid_base64}
     */
    static byte[] decode(JsonValue value) {
        String text = value.string();
        int begin = text.startsWith("data:") ? endOfPrefix(text, value) : 0;
        byte[] encoded =
                text.substring(begin).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        if (encoded.length % 4 != 0) {
            throw invalid(value, "its length is no multiple of 4");
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(encoded);
            requireNoStrayBits(value, encoded, decoded);
            return decoded;
        } catch (IllegalArgumentException e) {
            throw invalid(value, "it holds other characters");
        }
    }

    private static int endOfPrefix(String text, JsonValue value) {
        var prefix = DATA_URI.matcher(text.substring(0, Math.min(MAX_PREFIX, text.length())));
        if (!prefix.lookingAt()) {
            throw invalid(value, "its prefix is not of the form data:image/png;base64,");
        }
        return prefix.end();
    }

    /** The last group of four encodes up to two bits more than it has bytes for. */
    private static void requireNoStrayBits(JsonValue value, byte[] encoded, byte[] decoded) {
        int rest = decoded.length % 3;
        if (rest == 0) {
            return;
        }
        byte[] tail = new byte[rest];
        System.arraycopy(decoded, decoded.length - rest, tail, 0, rest);
        byte[] again = Base64.getEncoder().encode(tail);
        if (again[1] != encoded[encoded.length - 3] || again[2] != encoded[encoded.length - 2]) {
            throw invalid(value, "its last characters stand for no whole byte");
        }
    }

    private static ApiException invalid(JsonValue value, String why) {
        return new ApiException(
                ApiError.of(
                        ErrorCode.INVALID_BASE64,
                        value.path(),
                        value.path() + " is not Base64: " + why));
    }
}
