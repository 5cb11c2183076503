package dev.brigade.rest.batches;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A line of a part.
 *
 * @param answered whether it goes into the output file, or else into the error file
 * @param json with its line end
 */
record PartLine(int index, boolean answered, byte[] json) {

    /** Reads what {@link PartFile} wrote. */
    static PartLine of(byte[] bytes) {
        int space = 0;
        while (bytes[space] != ' ') {
            space++;
        }
        int index = Integer.parseInt(new String(bytes, 0, space, StandardCharsets.US_ASCII));
        int begin = space + 3;
        byte[] json = Arrays.copyOfRange(bytes, begin, bytes.length + 1);
        json[json.length - 1] = '\n';
        return new PartLine(index, bytes[space + 1] == '+', json);
    }
}
