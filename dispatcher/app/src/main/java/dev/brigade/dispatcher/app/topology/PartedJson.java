package dev.brigade.dispatcher.app.topology;

import dev.brigade.dispatcher.batch.Tally;
import dev.brigade.dispatcher.plan.Charter;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.saga.Lifecycle;
import dev.brigade.dispatcher.saga.StageState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Lifecycles as JSON, whole or in parts. In parts, what an event seldom changes is written apart,
 * and only its name stands in its place: the charter, each stage, a batch's tally. The request is
 * always apart, and kept by others. Readable for people; fields that a newer version adds or drops
 * do no harm.
 */
final class PartedJson {

    /** No stage can have this name. */
    private static final String CHARTER = "*charter";

    /** Nor this one. */
    private static final String TALLY = "*tally";

    private static final Object PARTS = new Object();

    private static final JsonMapper WHOLE =
            builder()
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Request.class, new Apart<>(Request::id, false)))
                    .build();

    private static final JsonMapper PARTED =
            builder()
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Request.class, new Apart<>(Request::id, false))
                                    .addSerializer(Charter.class, new Apart<>(c -> CHARTER, true))
                                    .addSerializer(
                                            StageState.class, new Apart<>(StageState::id, true))
                                    .addSerializer(Tally.class, new Apart<>(t -> TALLY, true))
                                    .addDeserializer(Request.class, new Fetched<>(Request.class))
                                    .addDeserializer(Charter.class, new Fetched<>(Charter.class))
                                    .addDeserializer(
                                            StageState.class, new Fetched<>(StageState.class))
                                    .addDeserializer(Tally.class, new Fetched<>(Tally.class)))
                    .build();

    private PartedJson() {}

    private static JsonMapper.Builder builder() {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // A part that stands in its place is read from the middle of a lifecycle.
                .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * A lifecycle without its parts.
     *
     * @param parts by name, in the order in which they occur
     */
    record Written(byte[] core, Map<String, Object> parts) {}

    /** Where the parts of a lifecycle come from. */
    interface Parts {

        Request request();

        /** A part's bytes. */
        byte[] part(String name);
    }

    /** A lifecycle with all of its parts, but for the request. */
    static byte[] writeWhole(Lifecycle life) {
        return WHOLE.writerFor(Lifecycle.class).writeValueAsBytes(life);
    }

    static Written write(Lifecycle life) {
        Map<String, Object> parts = new LinkedHashMap<>();
        byte[] core =
                PARTED.writerFor(Lifecycle.class)
                        .withAttribute(PARTS, parts)
                        .writeValueAsBytes(life);
        return new Written(core, parts);
    }

    static byte[] write(Object part) {
        return WHOLE.writeValueAsBytes(part);
    }

    static Lifecycle read(byte[] core, Parts parts) {
        return PARTED.readerFor(Lifecycle.class).withAttribute(PARTS, parts).readValue(core);
    }

    /** Writes a name in place of what has it. */
    private static final class Apart<T> extends ValueSerializer<T> {

        private final Function<T, String> name;
        private final boolean collected;

        /**
         * @param collected whether the part is to be kept with the lifecycle
         */
        Apart(Function<T, String> name, boolean collected) {
            this.name = name;
            this.collected = collected;
        }

        @Override
        @SuppressWarnings("unchecked") // Only write() sets the attribute.
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            String called = name.apply(value);
            if (collected) {
                ((Map<String, Object>) context.getAttribute(PARTS)).put(called, value);
            }
            out.writeString(called);
        }
    }

    /** Finds what has a name, or reads what stands in its place. */
    private static final class Fetched<T> extends ValueDeserializer<T> {

        private final Class<T> kind;

        Fetched(Class<T> kind) {
            this.kind = kind;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) {
            if (in.currentToken() != JsonToken.VALUE_STRING) {
                return WHOLE.readValue(in, kind);
            }
            String called = in.getString();
            Parts parts = (Parts) context.getAttribute(PARTS);
            return kind.equals(Request.class)
                    ? kind.cast(parts.request())
                    : WHOLE.readValue(parts.part(called), kind);
        }
    }
}
