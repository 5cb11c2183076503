package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.CancelRequest;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Job;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the processors count. */
final class MetersTest {

    @TempDir Path stateDir;

    private TestDispatcher dispatcher;
    private Workers workers;

    @BeforeEach
    void start() {
        dispatcher = new TestDispatcher(stateDir, 2, "m1:primary", "v1:vision:classify");
        workers = new Workers(dispatcher);
    }

    @AfterEach
    void stop() {
        dispatcher.close();
    }

    @Test
    void openRequestsAreCountedByKindAndAfterARestartToo() {
        dispatcher.send(Topics.REQUESTS, "c1", Workers.chat().build());
        dispatcher.send(Topics.REQUESTS, "c2", Workers.chat().build());
        dispatcher.send(Topics.REQUESTS, "b1", batch());
        assertThat(gauge("brigade.requests.open", "kind", "chat")).isEqualTo(2);
        assertThat(gauge("brigade.requests.open", "kind", "batch")).isEqualTo(1);

        dispatcher.restart();
        assertThat(gauge("brigade.requests.open", "kind", "chat")).isEqualTo(2);

        dispatcher.send(Topics.REQUESTS, "c1", new CancelRequest(null));
        assertThat(gauge("brigade.requests.open", "kind", "chat")).isEqualTo(1);
        assertThat(gauge("brigade.requests.open", "kind", "batch")).isEqualTo(1);
        assertThat(gauge("brigade.requests.open", "kind", "map")).isZero();
    }

    @Test
    void jobsAreCountedWhereTheyAre() {
        dispatcher.send(Topics.REQUESTS, "b1", batch());

        assertThat(gauge("brigade.num.requests.waiting", "model_name", "v1")).isEqualTo(6);
        assertThat(gauge("brigade.num.requests.out", "model_name", "v1")).isEqualTo(2);
        assertThat(gauge("brigade.scheduler.slots", "model_name", "v1")).isEqualTo(2);
        dispatcher.restart();
        assertThat(gauge("brigade.num.requests.waiting", "model_name", "v1")).isEqualTo(6);
    }

    @Test
    void whatEndedIsCountedWithHowAndHowLongItTook() {
        dispatcher.send(Topics.REQUESTS, "c1", Workers.chat().build());
        Job job = workers.job();
        dispatcher.advance(Duration.ofSeconds(1));
        workers.begin(job);
        dispatcher.advance(Duration.ofSeconds(2));
        workers.finish(job, "the answer");
        dispatcher.send(Topics.REQUESTS, "c2", Workers.chat().setModel("unheard-of").build());
        dispatcher.raw(Topics.REQUESTS, "bad", new byte[] {1});

        assertThat(ended("chat", "completed", "none")).isEqualTo(1);
        assertThat(ended("chat", "rejected", "model_not_found")).isEqualTo(1);
        assertThat(ended("unknown", "rejected", "undecodable_record")).isEqualTo(1);
        Timer whole = dispatcher.meters.get("brigade.e2e.request.latency").timer();
        assertThat(whole.count()).isEqualTo(1);
        assertThat(whole.totalTime(TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(whole.getId().getTag("model_name")).isEqualTo("m1");
        assertThat(
                        dispatcher
                                .meters
                                .get("brigade.request.queue.time")
                                .timer()
                                .totalTime(TimeUnit.SECONDS))
                .isEqualTo(1);
        assertThat(dispatcher.meters.get("brigade.prompt.tokens").counter().count()).isEqualTo(3);
    }

    private double ended(String kind, String status, String code) {
        return dispatcher
                .meters
                .get("brigade.requests.ended")
                .tags("kind", kind, "status", status, "code", code)
                .counter()
                .count();
    }

    private double gauge(String name, String tag, String value) {
        return dispatcher.meters.get(name).tag(tag, value).gauge().value();
    }

    private static InferenceRequest batch() {
        return InferenceRequest.newBuilder().setInput(BatchTest.paths(64)).build();
    }
}
