package dev.brigade.contract.payload;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Digests as payloads have them: SHA-256, 64 lower-case hexadecimal digits. */
public final class PayloadDigest {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    private PayloadDigest() {}

    /** Whether a text can be a digest, and so be part of a file's name. */
    public static boolean isDigest(String text) {
        return FORM.matcher(text).matches();
    }

    /** The digest of some bytes. */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
