package dev.brigade.rest;

import static dev.brigade.rest.Models.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.schema.ModelState;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresetsTest {

    private static final String PRESETS =
            """
            presets:
              quick:
                description: one small model
                mode: single
                stages: [{answer: tiny}]
              checked:
                description: a draft and a check
                mode: pipeline
                memory_gb: 2.5
                stages: [{draft: tiny}, {refine: big}, {validate: tiny}]
                evidence:
                  result: does_not_beat_self_consistency
                  note: 200 questions
            """;
    private static final String QUICK =
            """
            {"id":"quick","object":"preset","description":"one small model","mode":"single",\
            "models":["tiny"],"stages":[{"stage":"answer","model":"tiny"}],"memory_gb":null,\
            "evidence":{"result":"unmeasured"},"available":true}\
            """;
    private static final String CHECKED =
            """
            {"id":"checked","object":"preset","description":"a draft and a check",\
            "mode":"pipeline","models":["tiny","big"],"stages":[{"stage":"draft","model":"tiny"},\
            {"stage":"refine","model":"big"},{"stage":"validate","model":"tiny"}],\
            "memory_gb":2.5,"evidence":{"result":"does_not_beat_self_consistency",\
            "note":"200 questions"},"available":false}\
            """;

    private TestServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("presets.yaml"), PRESETS);
        Files.writeString(folder.resolve("orchestration.yaml"), "default_preset: checked");
        server = new TestServer("brigade.rest.config-dir=" + folder).connected();
        server.client.models =
                List.of(model("tiny", ModelState.READY), model("big", ModelState.LOADING));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void presetsAreListedInOrderWithWhetherTheyCanBeUsedNow() {
        assertThat(server.get("/v1/presets").body())
                .isEqualTo("{\"object\":\"list\",\"data\":[%s,%s]}".formatted(QUICK, CHECKED));
    }

    @Test
    void onePresetIsFoundByItsId() {
        assertThat(server.get("/v1/presets/quick").body()).isEqualTo(QUICK);
        HttpResponse<String> unknown = server.get("/v1/presets/slow");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body())
                .contains("\"param\":\"preset\"", "\"code\":\"preset_not_found\"");
    }

    @Test
    void modelsAndHealthShowTheDefaultPresetAndItsMode() {
        String shown = "\"config\":\"checked\",\"orchestration_mode\":\"pipeline\"}";
        assertThat(server.get("/v1/models").body()).endsWith(shown);
        assertThat(server.get("/health/ready").body()).endsWith(shown);
    }

    @Test
    void aVariableGoesBeforeTheFile(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("orchestration.yaml"), "default_mode: debate");
        String dir = "brigade.rest.config-dir=" + folder;
        try (TestServer byFile = new TestServer(dir).connected();
                TestServer byVariable =
                        new TestServer(dir, "INFERENCE_ORCHESTRATION_MODE=critique").connected()) {
            assertThat(byFile.get("/v1/models").body())
                    .endsWith("\"config\":null,\"orchestration_mode\":\"debate\"}");
            assertThat(byVariable.get("/v1/models").body())
                    .endsWith("\"config\":null,\"orchestration_mode\":\"critique\"}");
            assertThat(byFile.get("/v1/presets").body())
                    .isEqualTo("{\"object\":\"list\",\"data\":[]}");
        }
    }

    @Test
    void theShippedPresetsAreShown() {
        try (TestServer shipped =
                new TestServer("brigade.rest.config-dir=../../config").connected()) {
            List<String> ids = new ArrayList<>();
            for (JsonNode preset : TestServer.json(shipped.get("/v1/presets")).get("data")) {
                ids.add(preset.get("id").stringValue());
                assertThat(preset.get("available").booleanValue()).isFalse();
            }
            assertThat(ids).contains("S1", "D1", "T4", "P3");
        }
    }
}
