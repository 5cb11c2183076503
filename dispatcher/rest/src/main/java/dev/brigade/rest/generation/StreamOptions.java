package dev.brigade.rest.generation;

import java.time.Duration;

/**
 * How a stream is written.
 *
 * @param includeUsage whether it ends with a piece of usage
 * @param withIds whether each event has an id from which a reader can go on
 * @param startingAfter id of the event behind which it begins; 0 is from the beginning
 * @param firstByte silence after which it begins with a comment; until then a failure is an HTTP
 *     status
 * @param cancelOnHangUp whether the request is cancelled when its reader goes
 */
public record StreamOptions(
        boolean includeUsage,
        boolean withIds,
        long startingAfter,
        Duration firstByte,
        boolean cancelOnHangUp) {}
