package dev.brigade.contract.serde;

import dev.brigade.contract.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Turns records into Confluent's wire format and back: a zero byte, the writer's schema id in four
 * bytes, the Avro body. Which class a body becomes is told by the full name of its writer's schema,
 * so that a topic may carry several kinds. Safe for use by many threads.
 */
public final class AvroWire {

    private static final int HEADER_BYTES = 5;

    private final SchemaRegistry registry;
    private final Map<Integer, Optional<SpecificDatumReader<SpecificRecord>>> readers =
            new ConcurrentHashMap<>();

    public AvroWire(SchemaRegistry registry) {
        this.registry = registry;
    }

    /** The record's bytes in the wire format. */
    public byte[] encode(SpecificRecord value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(4).putInt(registry.idOf(value.getSchema())).array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new SpecificDatumWriter<SpecificRecord>(value.getSchema()).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * The record in some bytes, as the newest version of its class.
     *
     * @throws UndecodableException with {@code null_value}, {@code undecodable_record} or {@code
     *     unknown_schema}
     */
    public SpecificRecord decode(byte @org.jspecify.annotations.Nullable [] bytes)
            throws UndecodableException {
        if (bytes == null) {
            throw new UndecodableException(ErrorCode.NULL_VALUE, "the record has no value");
        }
        if (bytes.length < HEADER_BYTES || bytes[0] != 0) {
            throw new UndecodableException(
                    ErrorCode.UNDECODABLE_RECORD,
                    "the record does not begin with a zero byte and a schema id");
        }
        int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
        SpecificDatumReader<SpecificRecord> reader =
                reader(id)
                        .orElseThrow(() ->
                                new UndecodableException(
                                        ErrorCode.UNKNOWN_SCHEMA, "no known schema has id " + id));
        try {
            BinaryDecoder body =
                    DecoderFactory.get()
                            .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
            SpecificRecord value = reader.read(null, body);
            if (!body.isEnd()) {
                throw new UndecodableException(
                        ErrorCode.UNDECODABLE_RECORD, "bytes are left over behind the record");
            }
            return value;
        } catch (IOException | RuntimeException e) {
            // Avro refuses what it cannot read by whichever exception lies nearest: its own, an
            // index, an unsupported operation. Its message may quote the body; only the class is
            // safe to show.
            throw new UndecodableException(
                    ErrorCode.UNDECODABLE_RECORD,
                    "the body does not follow schema %d (%s)"
                            .formatted(id, e.getClass().getSimpleName()));
        }
    }

    /**
     * As {@link #decode(byte[])}, for a topic that carries one kind.
     *
     * @throws UndecodableException also when the bytes hold another kind
     */
    public <T extends SpecificRecord> T decode(
            byte @org.jspecify.annotations.Nullable [] bytes, Class<T> kind)
            throws UndecodableException {
        SpecificRecord value = decode(bytes);
        if (!kind.isInstance(value)) {
            throw new UndecodableException(
                    ErrorCode.UNDECODABLE_RECORD,
                    "the record is a %s and must be a %s"
                            .formatted(value.getClass().getSimpleName(), kind.getSimpleName()));
        }
        return kind.cast(value);
    }

    private Optional<SpecificDatumReader<SpecificRecord>> reader(int id) {
        Optional<SpecificDatumReader<SpecificRecord>> known = readers.get(id);
        if (known != null) {
            return known;
        }
        Optional<SpecificDatumReader<SpecificRecord>> found =
                registry.byId(id).flatMap(AvroWire::reader);
        // An unknown id is asked for again: it may be registered later, and must not fill the map.
        found.ifPresent(reader -> readers.put(id, found));
        return found;
    }

    private static Optional<SpecificDatumReader<SpecificRecord>> reader(Schema writer) {
        Class<?> kind = SpecificData.get().getClass(writer);
        if (kind == null || !SpecificRecord.class.isAssignableFrom(kind)) {
            return Optional.empty();
        }
        return Optional.of(new SpecificDatumReader<>(writer, SpecificData.get().getSchema(kind)));
    }
}
