package dev.brigade.worker.images.vp8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Numbers that the format fixes, from {@code tables.txt}. */
final class Tables {

    private static final Map<String, int[]> ALL = read();

    /** Probabilities of the modes of a 4 x 4 block: of 10 above, of 10 to the left, 9 each. */
    static final int[] MODES = table("modes");

    /** Probabilities of new probabilities: of 4 types, 8 bands, 3 contexts, 11 each. */
    static final int[] UPDATES = table("updates");

    /** Probabilities of coefficients unless replaced, in the same order. */
    static final int[] COEFFICIENTS = table("coefficients");

    /** Step of the first coefficient at each quantizer. */
    static final int[] DC = table("dc");

    /** Step of the other coefficients at each quantizer. */
    static final int[] AC = table("ac");

    private Tables() {}

    private static int[] table(String name) {
        return Objects.requireNonNull(ALL.get(name));
    }

    private static Map<String, int[]> read() {
        Map<String, int[]> tables = new HashMap<>();
        try (InputStream in =
                        Objects.requireNonNull(Tables.class.getResourceAsStream("tables.txt"));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            int[] table = {};
            int at = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                if (Character.isLetter(line.charAt(0))) {
                    table = new int[Integer.parseInt(words[1])];
                    at = 0;
                    tables.put(words[0], table);
                } else if (!line.startsWith("#")) {
                    int[] row = Arrays.stream(words).mapToInt(Integer::parseInt).toArray();
                    System.arraycopy(row, 0, table, at, row.length);
                    at += row.length;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tables;
    }
}
