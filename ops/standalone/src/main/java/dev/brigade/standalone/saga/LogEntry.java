package dev.brigade.standalone.saga;

import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record of the log.
 *
 * @param timestampMs when it was written, epoch ms
 * @param headers the last value of each, read as UTF-8
 * @param value empty when it is none of the contract's
 */
record LogEntry(
        String topic,
        int partition,
        long offset,
        long timestampMs,
        Map<String, String> headers,
        Optional<SpecificRecord> value) {

    LogEntry {
        headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
