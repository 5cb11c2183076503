package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Job;
import dev.brigade.schema.JobDone;
import dev.brigade.schema.QueueEvent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many jobs are let out, and what is stored of those that wait. */
final class SchedulingTest {

    private static final String CHANGES = "test-" + Stores.QUEUE + "-changelog";
    private static final ImageInput IMAGE =
            ImageInput.newBuilder().setImage(ByteBuffer.wrap(new byte[90_000])).build();

    @TempDir Path stateDir;

    private TestDispatcher dispatcher;
    private Workers workers;

    @BeforeEach
    void start() {
        dispatcher = new TestDispatcher(stateDir, 1, "m1:primary", "v1:vision:classify");
        workers = new Workers(dispatcher);
    }

    @AfterEach
    void stop() {
        dispatcher.close();
    }

    @Test
    void aModelsPrefetchIsLetOutBeyondItsSlots() {
        dispatcher.prefetch.put("v1", 2);
        dispatcher.restart();
        for (int i = 0; i < 5; i++) {
            send("image-" + i);
            dispatcher.send(Topics.REQUESTS, "text-" + i, Workers.chat().build());
        }

        assertThat(workers.jobs())
                .extracting(Job::getRequestId)
                .containsExactlyInAnyOrder("text-0", "image-0", "image-1", "image-2");
    }

    @Test
    void aJobThatWaitsOutlivesTheDispatcher() {
        send("r1");
        Job first = workers.job();
        send("r2");
        dispatcher.restart();

        dispatcher.send(Topics.QUEUE, "v1", new QueueEvent("v1", new JobDone(first.getJobId())));

        Job second = workers.job();
        assertThat(second.getRequestId()).isEqualTo("r2");
        assertThat(second.getInput()).isEqualTo(IMAGE);
    }

    @Test
    void aJobThatGoesOutAtOnceIsNotStoredAsWaiting() {
        send("r1");
        assertThat(changes()).hasSize(1).allMatch(change -> change.value().length < 100);

        send("r2");

        assertThat(changes())
                .hasSize(1)
                .allMatch(change -> change.value().length > 90_000)
                .allMatch(change -> change.value().length < 91_000);
    }

    private List<TestRecord<String, byte[]>> changes() {
        return dispatcher.records(CHANGES);
    }

    private void send(String id) {
        dispatcher.send(Topics.REQUESTS, id, InferenceRequest.newBuilder().setInput(IMAGE).build());
    }
}
