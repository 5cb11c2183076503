package dev.brigade.acceptance.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.acceptance.system.Opened;
import dev.brigade.acceptance.system.RecordLog;
import dev.brigade.acceptance.system.TestFolder;
import dev.brigade.acceptance.system.TestSystem;
import dev.brigade.client.Answer;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.ChatRequest;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.Failure;
import dev.brigade.client.GenerationRequest;
import dev.brigade.client.StreamHandle;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.schema.AttemptStarted;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.Job;
import dev.brigade.schema.Message;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.StageReport;
import dev.brigade.standalone.saga.SagaCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running system with the {@link Troupe}, and the ways to ask it and to look into it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
abstract class TroupeSuite {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    Path folder;
    private final Opened opened = new Opened();
    TestSystem system;
    BrigadeClient client;
    RecordLog log;

    /** Starts the broker, or finds it. */
    abstract String bootstrapServers(Path folder, Opened opened);

    @BeforeAll
    void start() {
        folder = TestFolder.empty(getClass().getSimpleName());
        system =
                opened.add(
                        TestSystem.on(
                                        bootstrapServers(folder, opened),
                                        folder,
                                        Troupe.models(),
                                        Troupe.PRESETS)
                                .with("BRIGADE_DISPATCHER_COMPENSATION_ATTEMPTS", "3")
                                .with("BRIGADE_DISPATCHER_COMPENSATION_FIRSTBACKOFF", "20ms")
                                .with("BRIGADE_DISPATCHER_COMPENSATION_ANSWERTIMEOUT", "4s"));
        system.startAll();
        client = opened.add(BrigadeClient.open(ClientSettings.of(system.bootstrapServers())));
        log = opened.add(new RecordLog(system.bootstrapServers()));
    }

    @AfterAll
    void stop() {
        opened.close();
    }

    // --- asking ----------------------------------------------------------------------------------

    static ChatRequest.Builder mode(String mode, String text) {
        return ChatRequest.builder().orchestrationMode(mode).user(text);
    }

    static ChatRequest.Builder preset(String preset, String text) {
        return ChatRequest.builder().preset(preset).user(text);
    }

    Answer ask(ChatRequest.Builder request) throws Exception {
        return client.send(request.build()).get(60, TimeUnit.SECONDS);
    }

    Answer stream(ChatRequest.Builder request, StageListener listener) throws Exception {
        return client.stream(request.build(), listener).answer().get(60, TimeUnit.SECONDS);
    }

    Failure refused(GenerationRequest request) throws Exception {
        return failure(client.stream(request, new StageListener()));
    }

    static Failure failure(StreamHandle handle) throws Exception {
        try {
            Answer answer = handle.answer().get(60, TimeUnit.SECONDS);
            throw new AssertionError("it was answered: " + answer.text());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BrigadeException failed) {
                return failed.failure();
            }
            throw e;
        }
    }

    /** Status and code of a chat over HTTP with these fields. */
    String post(String fields) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(system.restUrl().resolve("/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(60))
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        """
                                        {"messages":[{"role":"user","content":"hello there"}],%s}
                                        """
                                                .formatted(fields)))
                        .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode error = JsonMapper.shared().readTree(answer.body()).path("error");
        return answer.statusCode() + " " + error.path("code").asString("");
    }

    // --- looking ---------------------------------------------------------------------------------

    static List<String> stages(OrchestrationReport report) {
        return report.getStages().stream().map(StageReport::getStage).toList();
    }

    static StageReport stage(OrchestrationReport report, String stage) {
        return report.getStages().stream()
                .filter(each -> each.getStage().equals(stage))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no stage " + stage));
    }

    /** Stages of every attempt that a worker began, in order. */
    List<String> starts(String requestId) {
        return log.events(requestId).stream()
                .map(InferenceEvent::getEvent)
                .filter(AttemptStarted.class::isInstance)
                .map(event -> ((AttemptStarted) event).getAttempt().getStage())
                .toList();
    }

    Message lastMessage(String model, String requestId, String stage) {
        Job job =
                log.jobs(model).stream()
                        .filter(each -> each.getRequestId().equals(requestId))
                        .filter(each -> each.getStage().equals(stage))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no job for " + stage));
        return ((ChatInput) job.getInput()).getMessages().getLast();
    }

    /** What {@code saga show --json} tells of a request. */
    JsonNode saga(String requestId) throws Exception {
        return JsonMapper.shared().readTree(command("show", requestId, "--json"));
    }

    /** What a command of {@code saga} prints. */
    String command(String... arguments) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        StringBuilder complaints = new StringBuilder();
        int code =
                new SagaCommand(
                                system.bootstrapServers(),
                                new AvroWire(BuiltInSchemas.instance()),
                                new PrintStream(printed, true, StandardCharsets.UTF_8),
                                complaints::append)
                        .run(List.of(arguments));
        assertThat(code).as(complaints.toString()).isZero();
        return printed.toString(StandardCharsets.UTF_8);
    }
}
