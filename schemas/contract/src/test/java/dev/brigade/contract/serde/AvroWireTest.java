package dev.brigade.contract.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.CancelRequest;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Message;
import dev.brigade.schema.Priority;
import dev.brigade.schema.Sampling;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AvroWireTest {

    private static final int FUZZED = 100_000;

    private final AvroWire wire = new AvroWire(BuiltInSchemas.instance());

    @Test
    void aRecordComesBackAsItWas() throws UndecodableException {
        for (SpecificRecord record : List.of(request(), chunk(), new CancelRequest("why"))) {
            assertThat(wire.decode(wire.encode(record))).isEqualTo(record);
        }
    }

    @Test
    void bytesBeginWithZeroAndTheSchemasId() {
        ByteBuffer bytes = ByteBuffer.wrap(wire.encode(chunk()));

        assertThat(bytes.get()).isZero();
        assertThat(bytes.getInt()).isEqualTo(27);
    }

    @Test
    void everyCodePointSurvives() throws UndecodableException {
        String text = "aé€😀\u0000\uFFFD";
        Chunk chunk = Chunk.newBuilder(chunk()).setText(text).build();

        assertThat(wire.decode(wire.encode(chunk), Chunk.class).getText()).isEqualTo(text);
    }

    @Test
    void aNullValueHasACodeOfItsOwn() {
        assertCode(null, ErrorCode.NULL_VALUE);
    }

    @Test
    void whatIsNotInTheWireFormatIsUndecodable() {
        assertCode(new byte[0], ErrorCode.UNDECODABLE_RECORD);
        assertCode(new byte[] {0, 0, 0, 0}, ErrorCode.UNDECODABLE_RECORD);
        assertCode(
                "{\"model\":\"x\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                ErrorCode.UNDECODABLE_RECORD);
    }

    @Test
    void anUnknownSchemaHasACodeOfItsOwn() {
        assertCode(new byte[] {0, 0, 0, 0, 99, 1}, ErrorCode.UNKNOWN_SCHEMA);
        assertCode(new byte[] {0, -1, -1, -1, -1, 1}, ErrorCode.UNKNOWN_SCHEMA);
    }

    @Test
    void everyTruncationIsUndecodable() {
        byte[] whole = wire.encode(request());
        for (int length = 5; length < whole.length; length++) {
            assertCode(Arrays.copyOf(whole, length), ErrorCode.UNDECODABLE_RECORD);
        }
    }

    @Test
    void trailingBytesAreUndecodable() {
        byte[] whole = wire.encode(chunk());

        assertCode(Arrays.copyOf(whole, whole.length + 1), ErrorCode.UNDECODABLE_RECORD);
    }

    @Test
    void anotherKindThanExpectedIsUndecodable() {
        byte[] cancel = wire.encode(new CancelRequest("why"));

        assertThatThrownBy(() -> wire.decode(cancel, Chunk.class))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("the record is a CancelRequest and must be a Chunk");
    }

    @Test
    void aLengthThatLiesIsUndecodableAndTakesNoMemory() {
        // A CancelRequest whose reason claims to have almost two gibibytes.
        byte[] lie = {0, 0, 0, 0, 2, 2, (byte) 0xEE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};

        assertCode(lie, ErrorCode.UNDECODABLE_RECORD);
    }

    @Test
    void aLengthBeyondWhatAnArrayHoldsIsUndecodable() {
        // A Chunk whose stage claims to have fifteen gibibytes.
        byte[] lie = {
            0, 0, 0, 0, 27, 2, 'r', (byte) 0xF4, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x77, 'e'
        };

        assertCode(lie, ErrorCode.UNDECODABLE_RECORD);
    }

    @Test
    void anArrayThatLiesIsUndecodableAndTakesNoMemory() {
        // A chat whose messages claim to be more than two thousand million.
        byte[] lie = {0, 0, 0, 0, 1, 0, (byte) 0xEE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};

        assertCode(lie, ErrorCode.UNDECODABLE_RECORD);
    }

    @Test
    void aMessageNeverQuotesTheBody() {
        byte[] whole = wire.encode(new CancelRequest("secret words"));
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);

        assertThatThrownBy(() -> wire.decode(cut)).message().doesNotContain("secret");
    }

    @Test
    void noBytesMakeTheDecoderFailInAnyOtherWay() {
        long seed = Long.getLong("brigade.seed", 20261121);
        Random random = new Random(seed);
        List<byte[]> seeds =
                List.of(
                        wire.encode(request()),
                        wire.encode(chunk()),
                        wire.encode(new CancelRequest("why")));
        int decoded = 0;
        for (int i = 0; i < FUZZED; i++) {
            byte[] bytes = mutate(seeds.get(random.nextInt(seeds.size())), random);
            try {
                wire.decode(bytes);
                decoded++;
            } catch (UndecodableException expected) {
                assertThat(expected.code()).isNotEqualTo(ErrorCode.NULL_VALUE);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "seed " + seed + ", bytes " + java.util.HexFormat.of().formatHex(bytes), e);
            }
        }
        assertThat(decoded).as("seed %d", seed).isBetween(1, FUZZED - 1);
    }

    @Test
    void aSchemaThatIsRegisteredLaterIsReadThen() throws UndecodableException {
        LateRegistry late = new LateRegistry();
        AvroWire reader = new AvroWire(late);
        byte[] bytes = wire.encode(new CancelRequest("why"));
        assertThatThrownBy(() -> reader.decode(bytes)).isInstanceOf(UndecodableException.class);

        late.knows = true;

        assertThat(reader.decode(bytes)).isEqualTo(new CancelRequest("why"));
    }

    @Test
    void aRecordOfAnEarlierVersionIsReadAsTheNewestOne() throws Exception {
        Schema earlier = withoutField(Chunk.getClassSchema(), "retracted");
        AvroWire reader = new AvroWire(new OneSchema(earlier));
        var generic = new org.apache.avro.generic.GenericData.Record(earlier);
        Chunk chunk = chunk();
        for (Schema.Field field : earlier.getFields()) {
            generic.put(field.name(), chunk.get(field.name()));
        }
        var out = new java.io.ByteArrayOutputStream();
        out.write(new byte[] {0, 0, 0, 0, 77});
        var encoder = org.apache.avro.io.EncoderFactory.get().directBinaryEncoder(out, null);
        new org.apache.avro.specific.SpecificDatumWriter<>(earlier).write(generic, encoder);

        assertThat(reader.decode(out.toByteArray(), Chunk.class)).isEqualTo(chunk);
    }

    /**
     * Fields are only ever added behind the others, so a record is written by its first version.
     */
    @Test
    void whatTheFirstVersionWroteIsReadWithTheDefaultsOfWhatCameSince() throws Exception {
        for (SpecificRecord record : List.of(request(), chunk())) {
            BuiltInSchemas.Version first = firstVersion(record.getSchema());
            var out = new java.io.ByteArrayOutputStream();
            out.write(
                    ByteBuffer.allocate(5).put(1, new byte[] {0, 0, 0, (byte) first.id()}).array());
            var encoder = org.apache.avro.io.EncoderFactory.get().directBinaryEncoder(out, null);
            new org.apache.avro.specific.SpecificDatumWriter<>(first.schema())
                    .write(record, encoder);

            assertThat(wire.decode(out.toByteArray())).isEqualTo(record);
        }
    }

    private static BuiltInSchemas.Version firstVersion(Schema schema) {
        return BuiltInSchemas.instance().versions().stream()
                .filter(v -> v.subject().equals(schema.getFullName()) && v.version() == 1)
                .findFirst()
                .orElseThrow();
    }

    private static Schema withoutField(Schema schema, String name) {
        List<Schema.Field> kept =
                schema.getFields().stream()
                        .filter(f -> !f.name().equals(name))
                        .map(f -> new Schema.Field(f, f.schema()))
                        .toList();
        return Schema.createRecord(
                schema.getName(), schema.getDoc(), schema.getNamespace(), false, kept);
    }

    private static byte[] mutate(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int edits = 1 + random.nextInt(4);
        for (int i = 0; i < edits; i++) {
            // Mostly behind the header, so that the body's decoder is what is tried.
            int at =
                    random.nextInt(20) == 0
                            ? random.nextInt(5)
                            : 5 + random.nextInt(bytes.length - 5);
            bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0xFF);
        }
        return random.nextInt(5) == 0
                ? Arrays.copyOf(bytes, 5 + random.nextInt(bytes.length))
                : bytes;
    }

    private void assertCode(byte @Nullable [] bytes, ErrorCode code) {
        assertThatThrownBy(() -> wire.decode(bytes))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static InferenceRequest request() {
        return InferenceRequest.newBuilder()
                .setInput(
                        new ChatInput(
                                List.of(
                                        new Message("system", "Be brief.", null),
                                        new Message("user", "What is Kafka?", "ann"))))
                .setModel("fast")
                .setSampling(
                        Sampling.newBuilder()
                                .setTemperature(0.5)
                                .setStop(List.of("\n"))
                                .setSeed(7L)
                                .build())
                .setPriority(Priority.HIGH)
                .setMetadata(Map.of("order", "17"))
                .build();
    }

    private static Chunk chunk() {
        return Chunk.newBuilder()
                .setRequestId("r")
                .setStage("answer")
                .setEpoch(new Epoch(1, 2, "a"))
                .setSeq(3)
                .setText("text")
                .setTokens(1)
                .setModel("m")
                .build();
    }

    @Test
    void bytesFieldsSurvive() throws UndecodableException {
        InferenceRequest image =
                InferenceRequest.newBuilder()
                        .setInput(
                                ImageInput.newBuilder()
                                        .setImage(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                                        .build())
                        .build();

        assertThat(wire.decode(wire.encode(image))).isEqualTo(image);
    }

    private static final class LateRegistry implements SchemaRegistry {

        private boolean knows;

        @Override
        public int idOf(Schema schema) {
            return BuiltInSchemas.instance().idOf(schema);
        }

        @Override
        public Optional<Schema> byId(int id) {
            return knows ? BuiltInSchemas.instance().byId(id) : Optional.empty();
        }
    }

    private record OneSchema(Schema schema) implements SchemaRegistry {

        @Override
        public int idOf(Schema any) {
            return 77;
        }

        @Override
        public Optional<Schema> byId(int id) {
            return Optional.of(schema);
        }
    }
}
