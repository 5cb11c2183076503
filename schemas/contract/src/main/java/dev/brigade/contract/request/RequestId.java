package dev.brigade.contract.request;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Ids that Brigade's own clients give to requests: a UUIDv7 (RFC 9562) whose 12 bits of {@code
 * rand_a} carry the reply partition. So anyone who has the id knows where to read chunks and reply,
 * and from which time on. Applications may use any other key of 1 to {@value #MAX_LENGTH}
 * characters.
 */
public final class RequestId {

    /** Longest request id, in characters. */
    public static final int MAX_LENGTH = 200;

    /** Most partitions that an id can carry. */
    public static final int MAX_PARTITIONS = 1 << 12;

    private static final SecureRandom RANDOM = new SecureRandom();

    private RequestId() {}

    /**
     * A new id.
     *
     * @param nowMs epoch milliseconds
     * @param replyPartition 0 to 4095
     */
    public static String create(long nowMs, int replyPartition) {
        if (replyPartition < 0 || replyPartition >= MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    "reply partition must be 0 to 4095, not " + replyPartition);
        }
        long high = (nowMs << 16) | 0x7000L | replyPartition;
        long low = (RANDOM.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** What an id of this form tells; empty for any other key. */
    public static Optional<Parts> parse(String id) {
        if (id.length() != 36) {
            return Optional.empty();
        }
        try {
            UUID uuid = UUID.fromString(id);
            boolean ours = uuid.version() == 7 && uuid.variant() == 2;
            long high = uuid.getMostSignificantBits();
            return ours
                    ? Optional.of(
                            new Parts(Instant.ofEpochMilli(high >>> 16), (int) (high & 0xFFF)))
                    : Optional.empty();
        } catch (IllegalArgumentException notAnUuid) {
            return Optional.empty();
        }
    }

    /** Whether a key can be a request id: 1 to 200 characters, none of them a control character. */
    public static boolean isUsable(String key) {
        return !key.isEmpty()
                && key.length() <= MAX_LENGTH
                && key.chars().noneMatch(Character::isISOControl);
    }

    /**
     * What an id carries.
     *
     * @param createdAt when it was made, by its maker's clock
     * @param replyPartition partition of chunks and reply
     */
    public record Parts(Instant createdAt, int replyPartition) {}
}
