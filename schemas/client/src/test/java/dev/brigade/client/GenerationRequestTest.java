package dev.brigade.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.request.RequestRules;
import dev.brigade.contract.request.Violation;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.MapInput;
import dev.brigade.schema.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerationRequestTest {

    @Test
    void aChatSaysHowModelsWorkTogether() {
        InferenceRequest record =
                ChatRequest.builder()
                        .user("Why?")
                        .orchestrationMode("critique")
                        .preset("D2")
                        .streamStages(true)
                        .allowSmallerMode(true)
                        .maxTotalTokens(5_000)
                        .maxCost(0.5)
                        .build()
                        .toRecord("acme");

        assertThat(record.getOrchestrationMode()).isEqualTo("critique");
        assertThat(record.getPreset()).isEqualTo("D2");
        assertThat(record.getStreamStages()).isTrue();
        assertThat(record.getAllowSmallerMode()).isTrue();
        assertThat(record.getMaxTotalTokens()).isEqualTo(5_000);
        assertThat(record.getMaxCost()).isEqualTo(0.5);
        assertThat(record.getTenant()).isEqualTo("acme");
        assertThat(RequestRules.firstViolation(record)).isEmpty();
    }

    @Test
    void whatIsNotSetIsTheServersDefault() {
        InferenceRequest record = ChatRequest.of("Why?").toRecord("default");

        assertThat(record.getOrchestrationMode()).isNull();
        assertThat(record.getStreamStages()).isFalse();
        assertThat(record.getAllowSmallerMode()).isFalse();
        assertThat(record.getMaxTotalTokens()).isNull();
    }

    @Test
    void aMapHasItemsBehindCommonMessages() {
        InferenceRequest record =
                MapRequest.builder()
                        .system("Translate to French.")
                        .item("one")
                        .items(List.of("two", "three"))
                        .temperature(0)
                        .build()
                        .toRecord("default");

        assertThat(record.getInput())
                .isEqualTo(
                        new MapInput(
                                List.of(new Message("system", "Translate to French.", null)),
                                List.of("one", "two", "three")));
        assertThat(record.getOrchestrationMode()).isEqualTo("map");
        assertThat(record.getSampling().getTemperature()).isZero();
        assertThat(RequestRules.firstViolation(record)).isEmpty();
    }

    @Test
    void aMapOfAnotherModeIsRefused() {
        InferenceRequest record =
                MapRequest.builder()
                        .item("one")
                        .orchestrationMode("debate")
                        .build()
                        .toRecord("default");

        assertThat(RequestRules.firstViolation(record).map(Violation::param))
                .contains("orchestration_mode");
    }
}
