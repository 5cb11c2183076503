package dev.brigade.rest.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SchemaCheckTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "{'type':'object','required':['a'],'properties':{'a':{'type':'integer'}},'additionalProperties':false}; {'a':1}; {'a':'1'}",
                "{'type':'object','required':['a']}; {'a':null}; {}",
                "{'properties':{'a':{}},'additionalProperties':false}; {'a':1}; {'b':1}",
                "{'additionalProperties':{'type':'string'}}; {'a':'x'}; {'a':1}",
                "{'type':['string','null']}; null; 1",
                "{'type':'array','items':{'const':1},'minItems':1,'maxItems':2}; [1,1]; [1,2]",
                "{'minItems':1}; [0]; []",
                "{'maxItems':1}; [0]; [0,0]",
                "{'oneOf':[{'type':'string'},{'type':'null'}]}; 'x'; 1",
                "{'oneOf':[{'type':'number'},{'type':'integer'}]}; 1.5; 1",
                "{'allOf':[{'type':'integer'},{'minimum':2}]}; 2; 1",
                "{'enum':['a',1]}; 1; 2",
                "{'maximum':1,'exclusiveMinimum':0}; 1; 0",
                "{'pattern':'^a$'}; 'a'; 'ab'",
                "{'maxLength':1}; 'a'; 'ab'",
                "{'maxProperties':1}; {'a':1}; {'a':1,'b':2}",
                "{'$ref':'#/components/schemas/other'}; true; 1"
            })
    void aRuleTellsGoodFromBad(String schema, String good, String bad) {
        SchemaCheck check = new SchemaCheck(document(schema));
        assertThat(check.wrong("one", json(good))).isEmpty();
        assertThat(check.wrong("one", json(bad))).isNotEmpty();
    }

    @Test
    void whatIsNotUnderstoodIsNoSilence() {
        assertThatThrownBy(() -> new SchemaCheck(document("{'not':{}}")).wrong("one", json("1")))
                .hasMessageContaining("not");
        assertThatThrownBy(
                        () -> new SchemaCheck(document("{'$ref':'#/x'}")).wrong("one", json("1")))
                .hasMessageContaining("#/x");
    }

    private static tools.jackson.databind.JsonNode document(String schema) {
        return json(
                "{'components':{'schemas':{'other':{'type':'boolean'},'one':%s}}}"
                        .formatted(schema));
    }

    private static tools.jackson.databind.JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
