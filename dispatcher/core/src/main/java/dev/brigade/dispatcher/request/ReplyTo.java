package dev.brigade.dispatcher.request;

import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where chunks and the terminal go.
 *
 * @param topic of the terminal
 * @param partition of the terminal and of the chunks
 * @param headers that the terminal repeats; values are Base64, so that equal replies are equal
 */
public record ReplyTo(String topic, int partition, Map<String, String> headers) {

    public ReplyTo {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /** Headers as they come from a record. */
    public static ReplyTo of(String topic, int partition, Map<String, byte[]> headers) {
        var encoded = new TreeMap<String, String>();
        headers.forEach(
                (name, value) -> encoded.put(name, Base64.getEncoder().encodeToString(value)));
        return new ReplyTo(topic, partition, encoded);
    }

    /** Headers as they go onto a record, by name in order. */
    public Map<String, byte[]> decodedHeaders() {
        var decoded = new TreeMap<String, byte[]>();
        headers.forEach((name, value) -> decoded.put(name, Base64.getDecoder().decode(value)));
        return decoded;
    }
}
