package dev.brigade.dispatcher.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.TestingRequest;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

class RequestMachineTest {

    @TestFactory
    Stream<DynamicTest> scripts() {
        return Scripts.all().entrySet().stream()
                .map(script ->
                        DynamicTest.dynamicTest(
                                script.getKey(),
                                () -> script.getValue().accept(new Saga(new Visits()))));
    }

    @Test
    void theScriptsTakeExactlyTheEdgesOfTheTable() {
        var visits = new Visits();
        Scripts.all().values().forEach(script -> script.accept(new Saga(visits)));

        var unknown = new TreeSet<>(visits.taken());
        unknown.removeAll(Transitions.edges());
        assertThat(unknown).as("edges that the table does not know").isEmpty();
        var untaken = new TreeSet<>(Transitions.edges());
        untaken.removeAll(visits.taken());
        assertThat(untaken).as("edges that no script takes").isEmpty();
    }

    @Test
    void aJobCarriesWhatTheWorkerNeeds() {
        var saga = new Saga(new Visits());
        saga.given(TestingRequest.request("r").json());

        assertThat(saga.commands().getFirst())
                .isEqualTo(
                        new Command.EnqueueJob(
                                withTrace(TestingRequest.request("r").json().job("primary"))));
    }

    @Test
    void everyStateSurvivesJson() {
        var mapper = JsonMapper.builder().build();
        Scripts.all()
                .values()
                .forEach(script -> {
                    var saga = new Saga(new Visits());
                    script.accept(saga);
                    String json = mapper.writeValueAsString(saga.lifecycle());
                    assertThat(mapper.readValue(json, Lifecycle.class)).isEqualTo(saga.lifecycle());
                });
        var running = new Saga(new Visits());
        running.given(TestingRequest.request("r").json().idempotencyKey("k"));
        running.given(new Event.ClaimGranted("r", Optional.empty())).released(1).started(1, 1);
        String json = mapper.writeValueAsString(running.lifecycle());
        assertThat(mapper.readValue(json, Lifecycle.class)).isEqualTo(running.lifecycle());
    }

    private static Job withTrace(Job job) {
        return new Job(
                job.id(),
                job.requestId(),
                job.stage(),
                job.dispatch(),
                job.model(),
                job.tenant(),
                job.priority(),
                job.input(),
                job.sampling(),
                job.deadlineAtMs(),
                job.homePartition(),
                job.replyPartition(),
                job.stream(),
                Saga.plain().traceparent(),
                job.isFinal(),
                job.pin(),
                job.sagaTokens());
    }
}
