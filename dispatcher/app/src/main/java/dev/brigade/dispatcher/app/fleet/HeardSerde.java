package dev.brigade.dispatcher.app.fleet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A row of a global table: the time in eight bytes, then the record's bytes. */
public final class HeardSerde implements Serde<FleetView.Heard> {

    @Override
    public Serializer<FleetView.Heard> serializer() {
        return (topic, heard) ->
                heard == null
                        ? null
                        : ByteBuffer.allocate(Long.BYTES + heard.value().length)
                                .putLong(heard.atMs())
                                .put(heard.value())
                                .array();
    }

    @Override
    public Deserializer<FleetView.Heard> deserializer() {
        return (topic, bytes) -> {
            if (bytes == null) {
                return null;
            }
            long atMs = ByteBuffer.wrap(bytes).getLong();
            return new FleetView.Heard(atMs, Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
        };
    }
}
