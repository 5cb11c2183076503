package dev.brigade.dispatcher.app.topology;

import dev.brigade.dispatcher.app.mapping.Envelope;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * An open request as it came. The record's own bytes are kept, not what was read from them: they
 * are smaller, never larger than what Kafka took before, and what a dead letter must hold.
 *
 * @param original the record's value, untouched
 */
record Accepted(Envelope envelope, byte[] original) {

    /** The envelope's length in four bytes, the envelope as JSON, the record's bytes. */
    static final class Bytes implements Serde<Accepted> {

        private static final JsonMapper JSON = JsonMapper.builder().build();

        @Override
        public Serializer<Accepted> serializer() {
            return (topic, accepted) -> accepted == null ? null : write(accepted);
        }

        @Override
        public Deserializer<Accepted> deserializer() {
            return (topic, bytes) -> bytes == null ? null : read(ByteBuffer.wrap(bytes));
        }

        private static byte[] write(Accepted accepted) {
            byte[] envelope = JSON.writeValueAsBytes(accepted.envelope());
            return ByteBuffer.allocate(Integer.BYTES + envelope.length + accepted.original().length)
                    .putInt(envelope.length)
                    .put(envelope)
                    .put(accepted.original())
                    .array();
        }

        private static Accepted read(ByteBuffer bytes) {
            byte[] envelope = new byte[bytes.getInt()];
            bytes.get(envelope);
            byte[] original = new byte[bytes.remaining()];
            bytes.get(original);
            return new Accepted(JSON.readValue(envelope, Envelope.class), original);
        }
    }
}
