package dev.brigade.dispatcher.app.topology;

import java.util.OptionalInt;

/**
 * A record on its way out, with where it goes.
 *
 * @param partition where the key alone does not choose it
 * @param value in the wire format, or untouched bytes of a dead letter
 */
record Outgoing(String topic, OptionalInt partition, byte[] value) {

    static Outgoing byKey(String topic, byte[] value) {
        return new Outgoing(topic, OptionalInt.empty(), value);
    }

    static Outgoing to(String topic, int partition, byte[] value) {
        return new Outgoing(topic, OptionalInt.of(partition), value);
    }
}
