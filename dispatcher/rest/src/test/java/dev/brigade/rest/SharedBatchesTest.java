package dev.brigade.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.rest.ledger.Gate;
import dev.brigade.rest.ledger.Ledger;
import dev.brigade.rest.ledger.LedgerWatch;
import dev.brigade.rest.ledger.TestingKafka;
import dev.brigade.schema.BatchJob;
import dev.brigade.schema.BatchJobStatus;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.StoredFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two instances over a real broker that share batches, one of which has the turn. */
class SharedBatchesTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private final Desk desk = new Desk();
    private final Gate gate = new Gate();
    private Instance one;
    private Instance other;

    /** An instance and what it is made of. */
    private record Instance(TestServer server, Ledger ledger) {

        boolean hasTurn() {
            return ledger.turn().isPresent();
        }
    }

    @BeforeEach
    void start() {
        one = instance(gate);
        await().atMost(LONG).until(one::hasTurn);
    }

    @AfterEach
    void stop() {
        gate.open();
        other.server().close();
        one.server().close();
    }

    private Instance instance(Gate its) {
        Ledger ledger = TestingKafka.ledger(its);
        TestServer server =
                TestServer.sharing(
                                ledger,
                                request -> {
                                    its.pass();
                                    desk.answer(request, text(request));
                                    its.pass();
                                },
                                "brigade.payloads=" + folder,
                                "brigade.rest.batches.window=8",
                                "brigade.rest.batches.look=20ms")
                        .connected();
        await().atMost(LONG).until(() -> server.get("/v1/batches").statusCode() == 200);
        return new Instance(server, ledger);
    }

    @Test
    void eachLineIsSentOnceAndBothTellTheSame() {
        other = instance(new Gate());
        desk.allow(1000);
        List<String> ids = Stream.of(one, other, one).map(this::create).toList();
        for (String id : ids) {
            JsonNode done = ended(other, id);
            assertWhole(done, 40);
            await().atMost(LONG).until(() -> find(one, id).equals(done));
            assertThat(output(one, done)).isEqualTo(output(other, done));
        }
        assertThat(desk.computed).hasSize(120).doesNotHaveDuplicates();
        assertThat(sent(one) + sent(other)).as("nothing was sent twice").isEqualTo(120);
        assertThat(outputs(one)).as("one output file for each").hasSize(ids.size());
    }

    @Test
    void whoWakesFromAFreezeChangesNothing() {
        String id = create(one);
        desk.allow(15);
        await().atMost(LONG).until(() -> completed(find(one, id)) == 15);
        // Lines have ended that no part holds; the part is written, and not committed.
        gate.shutAt("commitTransaction");
        desk.allow(5);
        await().atMost(LONG).until(() -> gate.holds(Gate.TURN));
        TestingKafka.missMembers();

        other = instance(new Gate());
        await().atMost(LONG).until(other::hasTurn);
        desk.allow(1000);
        JsonNode done = ended(other, id);
        assertWhole(done, 40);
        List<StoredFile> outputs = outputs(other);

        gate.open();
        await().atMost(LONG).until(() -> find(one, id).equals(done));
        // What it had in its hands is over once it has heard of it, whoever has the turn then.
        await().atMost(LONG).until(() -> one.hasTurn() || other.hasTurn());
        String next = create(one);
        assertWhole(ended(one, next), 40);

        List<BatchJob> told = LedgerWatch.batch(id);
        assertThat(told).extracting(BatchJob::getCompleted).isSorted();
        assertThat(told)
                .filteredOn(job -> job.getStatus() == BatchJobStatus.COMPLETED)
                .containsExactly(told.getLast());
        assertThat(outputs(one)).containsAll(outputs).hasSize(outputs.size() + 1);
        assertThat(desk.computed).hasSize(80).doesNotHaveDuplicates();
        assertThat(find(other, id)).isEqualTo(done);
    }

    private static void assertWhole(JsonNode done, int lines) {
        assertThat(done.get("status").stringValue()).isEqualTo("completed");
        assertThat(done.at("/request_counts").toString())
                .isEqualTo("{\"total\":%d,\"completed\":%d,\"failed\":0}".formatted(lines, lines));
        assertThat(done.get("error_file_id").isNull()).isTrue();
    }

    private String output(Instance at, JsonNode done) {
        String file =
                at.server()
                        .get(
                                "/v1/files/%s/content"
                                        .formatted(done.get("output_file_id").stringValue()))
                        .body();
        assertThat(file.lines().map(line -> TestServer.json(line).get("custom_id").stringValue()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 40).mapToObj(i -> "line-" + i).toList());
        return file;
    }

    private String create(Instance at) {
        String lines =
                IntStream.range(0, 40)
                        .mapToObj(i ->
                                """
                                {"custom_id":"line-%d","method":"POST","url":"/v1/chat/completions",\
                                "body":{"messages":[{"role":"user","content":"say %d"}]}}
                                """
                                        .formatted(i, i))
                        .collect(Collectors.joining());
        Form form =
                new Form()
                        .text("purpose", "batch")
                        .file("file", "lines", null, lines.getBytes(StandardCharsets.UTF_8));
        String file =
                TestServer.json(at.server().postForm("/v1/files", form)).get("id").stringValue();
        String body =
                """
                {"input_file_id":"%s","endpoint":"/v1/chat/completions","completion_window":"24h"}\
                """
                        .formatted(file);
        return TestServer.json(at.server().post("/v1/batches", body)).get("id").stringValue();
    }

    private static JsonNode ended(Instance at, String id) {
        return await().atMost(LONG)
                .until(() -> find(at, id), batch -> !batch.get("completed_at").isNull());
    }

    /** Not found until this instance has read it. */
    private static JsonNode find(Instance at, String id) {
        return await().atMost(LONG)
                .until(
                        () -> TestServer.json(at.server().get("/v1/batches/" + id)),
                        batch -> batch.has("id"));
    }

    private static int completed(JsonNode batch) {
        return batch.at("/request_counts/completed").intValue();
    }

    private static int sent(Instance at) {
        return at.server().client.submitted.size();
    }

    private List<StoredFile> outputs(Instance at) {
        return at.ledger().records().files().stream()
                .filter(file -> file.getPurpose().equals("batch_output"))
                .toList();
    }

    private static String text(TestingRequest request) {
        return ((ChatInput) request.sent().getInput()).getMessages().getFirst().getContent();
    }
}
