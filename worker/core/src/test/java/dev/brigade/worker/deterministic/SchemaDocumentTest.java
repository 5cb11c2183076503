package dev.brigade.worker.deterministic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.worker.deterministic.SchemaDocument.Result;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaDocumentTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int SEEDS = 200;

    @Test
    void aCritiqueHasItsPropertiesInOrderAndWithinTheirBounds() {
        String schema =
                """
                {"type":"object","properties":{
                  "issues":{"type":"array","maxItems":3,"items":{"type":"object","properties":{
                    "quote":{"type":"string","maxLength":8},
                    "problem":{"type":"string","minLength":30,"maxLength":120}},
                    "required":["quote","problem"],"additionalProperties":false}},
                  "score":{"enum":[0,1,2,3,4,5,6,7,8,9,10]},
                  "left out":{"type":"string"}},
                 "required":["issues","score"],"additionalProperties":false}
                """;
        Set<Integer> scores = new HashSet<>();
        Set<Integer> sizes = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            JsonNode critique = document(schema, seed);
            assertThat(critique.propertyNames()).containsExactly("issues", "score");
            for (JsonNode issue : critique.get("issues")) {
                assertThat(issue.propertyNames()).containsExactly("quote", "problem");
                assertThat(issue.get("quote").stringValue()).hasSizeLessThanOrEqualTo(8);
                assertThat(issue.get("problem").stringValue()).hasSizeBetween(30, 120);
            }
            sizes.add(critique.get("issues").size());
            scores.add(critique.get("score").intValue());
        }
        assertThat(sizes).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(scores).hasSize(11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'const':'yes'}|\"yes\"",
                "{'enum':['a',null,7]}|\"a\";null;7",
                "{'type':'boolean'}|true;false",
                "{'type':'null'}|null",
                "{'type':['null','string']}|null",
                "{'type':'integer','minimum':-3,'exclusiveMaximum':-1}|-3;-2",
                "{'type':'integer','minimum':4000000000,'maximum':4000000000}|4000000000",
                "{'type':'array','items':{'const':1},'minItems':2,'maxItems':3}|[1,1];[1,1,1]",
                "{'anyOf':[{'const':1},{'const':2}]}|1;2",
                "{'oneOf':[{'pattern':'x'},{'const':2}]}|2",
                "{'$ref':'#/$defs/a','$defs':{'a':{'const':3}}}|3",
                "{'type':'string','maxLength':0}|\"\"",
                "{'properties':{'b':{'const':1},'a':{'const':2}}}|{\"b\":1,\"a\":2}",
                "{'type':'object'}|{}",
            })
    void everyDocumentIsOneThatTheSchemaAllows(String schema, String documents) {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            seen.add(document(schema.replace('\'', '"'), seed).toString());
        }
        assertThat(seen).containsExactlyInAnyOrder(documents.split(";", -1));
    }

    @Test
    void numbersKeepWithinTheirBounds() {
        for (int seed = 0; seed < SEEDS; seed++) {
            String schema = "{\"type\":\"number\",\"minimum\":0.5,\"exclusiveMaximum\":1}";
            assertThat(document(schema, seed).doubleValue()).isBetween(0.5, 0.999);
            assertThat(document("{\"type\":\"integer\"}", seed).intValue()).isBetween(0, 100);
        }
    }

    @Test
    void formatsAreKept() {
        assertThat(document("{\"type\":\"string\",\"format\":\"date\"}", 1).stringValue())
                .matches("\\d{4}-\\d\\d-\\d\\d");
        assertThat(document("{\"type\":\"string\",\"format\":\"uuid\"}", 1).stringValue())
                .hasSize(36);
    }

    @Test
    void aSchemaThatRecursesComesToAnEnd() {
        String tree =
                """
                {"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{
                  "next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]},
                  "all":{"type":"array","items":{"$ref":"#/$defs/node"}}},
                 "required":["next","all"]}}}
                """;
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(document(tree, seed).propertyNames()).containsExactly("next", "all");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|not valid JSON",
                "[]|part that is not an object",
                "{'type':'string','pattern':'a+'}|not supported here: pattern",
                "{'properties':{'a':{'multipleOf':2}}}|not supported here: multipleOf",
                "{'type':'blob'}|a type that is not supported",
                "{'type':'string','format':'email'}|a format that is not supported",
                "{'enum':[]}|no list of choices in its enum",
                "{'type':'integer','minimum':2,'maximum':1}|bounds that no number meets",
                "{'type':'array','minItems':2,'maxItems':1}|minItems above maxItems",
                "{'type':'string','minLength':2,'maxLength':1}|minLength above maxLength",
                "{'type':'string','minLength':1.5}|minLength that is no whole number",
                "{'required':['a']}|requires what is not among its properties",
                "{'$ref':'#/$defs/a'}|part that is not an object",
                "{'$ref':'other.json'}|leads to none of its definitions",
                "{'$ref':'#'}|without end",
                "{'properties':{'a':{'$ref':'#'}},'required':['a']}|without end",
            })
    void whatItDoesNotUnderstandIsRefusedByName(String schema, String reason) {
        assertThat(SchemaDocument.of(schema.replace('\'', '"'), new SplittableRandom(1)))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }

    @Test
    void aDocumentIsBounded() {
        String wide =
                "{\"type\":\"array\",\"minItems\":10000,\"items\":{\"type\":\"array\",\"minItems\":9}}";
        assertThat(SchemaDocument.of(wide, new SplittableRandom(1)))
                .isInstanceOf(Result.Refused.class);
    }

    private static JsonNode document(String schema, long seed) {
        return switch (SchemaDocument.of(schema, new SplittableRandom(seed))) {
            case Result.Document(String json) -> MAPPER.readTree(json);
            case Result.Refused(String reason) -> throw new AssertionError(reason);
        };
    }
}
