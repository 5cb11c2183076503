package dev.brigade.worker.llama.schema;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks a JSON schema and rebuilds it from the part that the engine's grammar can enforce.
 *
 * <p>What the engine would pass over in silence is refused here by name, so that an answer always
 * has the form that was asked for. Annotations such as {@code title} are dropped. The rebuilt
 * schema contains only what was checked: a bound on everything, no value that the native JSON
 * parser or grammar parser trips over.
 */
public final class SchemaChecker {

    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_NESTING = 100;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MOST_NESTING)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private SchemaChecker() {}

    /** Whether the schema can be enforced. */
    public static SchemaVerdict check(String schema) {
        if (schema.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return new SchemaVerdict.Refused("the schema is longer than " + MOST_BYTES + " bytes");
        }
        try {
            JsonNode root = MAPPER.readTree(schema);
            return new SchemaVerdict.Accepted(
                    MAPPER.writeValueAsString(new SchemaRebuild(root).rebuilt()));
        } catch (SchemaFault fault) {
            return new SchemaVerdict.Refused(fault.reason());
        } catch (JacksonException e) {
            // Its message may quote the document.
            return new SchemaVerdict.Refused("the schema is not valid JSON");
        }
    }
}
