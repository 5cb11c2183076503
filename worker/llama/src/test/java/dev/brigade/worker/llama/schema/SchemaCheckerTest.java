package dev.brigade.worker.llama.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCheckerTest {

    @Test
    void annotationsGoAndTheRestStays() {
        assertThat(
                        accepted(
                                """
                                {"$schema": "x", "title": "t", "type": "object",
                                 "properties": {"title": {"type": ["string", "null"],
                                                          "description": "d"}},
                                 "required": ["title"]}
                                """))
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{\"title\":"
                                + "{\"type\":[\"string\",\"null\"]}},\"required\":[\"title\"]}");
    }

    @Test
    void boundsComeTogether() {
        assertThat(
                        accepted(
                                "{'type':'integer','minimum':1,'exclusiveMinimum':4,"
                                        + "'exclusiveMaximum':9}"))
                .isEqualTo("{\"type\":\"integer\",\"minimum\":5,\"maximum\":8}");
    }

    @Test
    void aReferenceMayRecurseThroughAnObject() {
        String tree =
                "{'$ref':'#/$defs/n','$defs':{'n':{'type':'object','properties':"
                        + "{'next':{'anyOf':[{'$ref':'#/$defs/n'},{'type':'null'}]}}}}}";
        assertThat(accepted(tree)).contains("$defs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'string','pattern':'a+'}|the schema uses 'pattern', which is not supported",
                "{'properties':{'a':{'allOf':[]}}}|properties/a uses 'allOf'",
                "{'$ref':'#/$defs/a','$defs':{'a':{'anyOf':[{'$ref':'#/$defs/a'}]}}}|leads back",
                "{'$ref':'other.json'}|leads to no definition",
                "{'type':'number','minimum':1}|not of type integer",
                "{'type':'integer','minimum':2,'maximum':1}|no number meets",
                "{'type':'array','minItems':3,'maxItems':2}|minItems above maxItems",
                "{'type':'array','maxItems':100000}|whole number of 0 to 1000",
                "{'type':'array','minItems':1.5}|whole number of 0 to 1000",
                "{'enum':[]}|1 to 256 values",
                "{'enum':['a\\u0022b']}|a quote, a backslash",
                "{'enum':[1.5]}|whole number",
                "{'required':['a']}|requires 'a', which is not among its properties",
                "{'type':'string','type':'string'}|not valid JSON",
                "{} {}|not valid JSON",
                "{'items':true}|items is not a JSON object",
                "{'type':'array','maxItems':0}|maxItems 0",
                "{'properties':{'[x]':{}},'additionalProperties':true}|beside '[x]'",
            })
    void whatCannotBeEnforcedIsNamed(String schema, String reason) {
        assertThat(SchemaChecker.check(json(schema)))
                .isInstanceOfSatisfying(
                        SchemaVerdict.Refused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }

    @Test
    void depthAndSizeAreBounded() {
        String deep = "{'items':".repeat(20) + "{}" + "}".repeat(20);
        assertThat(SchemaChecker.check(json(deep))).isInstanceOf(SchemaVerdict.Refused.class);
        String deeper = "[".repeat(100_000);
        assertThat(SchemaChecker.check(deeper)).isInstanceOf(SchemaVerdict.Refused.class);
        String nested = "{\"items\":".repeat(5_000);
        assertThat(SchemaChecker.check(nested)).isInstanceOf(SchemaVerdict.Refused.class);
        String wide = "{'anyOf':[" + "{},".repeat(200) + "{}]}";
        assertThat(SchemaChecker.check(json(wide))).isInstanceOf(SchemaVerdict.Refused.class);
    }

    @Test
    void anAcceptedSchemaIsAcceptedAgainUnchanged() {
        long seed = Long.getLong("brigade.seed", 1);
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 600; i++) {
            if (SchemaChecker.check(RandomSchemas.next(random))
                    instanceof SchemaVerdict.Accepted(String schema)) {
                accepted++;
                assertThat(SchemaChecker.check(schema))
                        .as("seed %d", seed)
                        .isEqualTo(new SchemaVerdict.Accepted(schema));
            }
        }
        assertThat(accepted).isBetween(60, 540);
    }

    private static String accepted(String schema) {
        if (SchemaChecker.check(json(schema)) instanceof SchemaVerdict.Accepted(String rebuilt)) {
            return rebuilt;
        }
        throw new AssertionError(SchemaChecker.check(json(schema)));
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }
}
