package dev.brigade.dispatcher.app.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * At most one timer per request, ordered by time. Keys are the time in eight bytes and the request
 * id behind it, so that the store's byte order is the order of time.
 */
final class Timers {

    private static final byte[] NOTHING = {};

    private final KeyValueStore<byte[], byte[]> store;

    /** No timer is set before this time, so a scan need not walk over what was deleted there. */
    private long earliestMs;

    Timers(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    void set(String requestId, long atMs) {
        store.put(key(atMs, requestId), NOTHING);
        earliestMs = Math.min(earliestMs, atMs);
    }

    void clear(String requestId, long atMs) {
        store.delete(key(atMs, requestId));
    }

    /**
     * Takes due timers out.
     *
     * @param most how many at once
     * @return ids of their requests, earliest first
     */
    List<String> takeDue(long nowMs, int most) {
        List<byte[]> due = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> timers =
                store.range(key(earliestMs, ""), key(nowMs + 1, ""))) {
            while (timers.hasNext() && due.size() < most) {
                KeyValue<byte[], byte[]> timer = timers.next();
                due.add(timer.key);
            }
        }
        due.forEach(store::delete);
        earliestMs = due.size() < most ? nowMs : ByteBuffer.wrap(due.getLast()).getLong();
        return due.stream().map(Timers::requestId).toList();
    }

    /** When the earliest timer is due. */
    OptionalLong earliest() {
        try (KeyValueIterator<byte[], byte[]> timers =
                store.range(key(earliestMs, ""), key(Long.MAX_VALUE, ""))) {
            return timers.hasNext()
                    ? OptionalLong.of(ByteBuffer.wrap(timers.peekNextKey()).getLong())
                    : OptionalLong.empty();
        }
    }

    private static byte[] key(long atMs, String requestId) {
        byte[] id = requestId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + id.length).putLong(atMs).put(id).array();
    }

    private static String requestId(byte[] key) {
        return new String(key, Long.BYTES, key.length - Long.BYTES, StandardCharsets.UTF_8);
    }
}
