package dev.brigade.bench.sagas;

import dev.brigade.bench.played.Batch;
import dev.brigade.bench.played.Batch.Entry;
import dev.brigade.bench.played.PlayedModel;
import dev.brigade.bench.played.PlayedWorker;
import dev.brigade.bench.programs.BenchSystem;
import dev.brigade.client.GenerationRequest;
import dev.brigade.contract.request.RequestId;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.SchemaRegistry;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A dispatcher's surroundings, all played by the bench: requests of 1 kB, and a worker with a
 * primary, a thinker and a fast model that answers with 1 kB when it is told to.
 */
final class PlayedSagas implements AutoCloseable {

    static final String FAST = "bench-fast";
    static final String THINKER = "bench-thinker";
    static final String PRIMARY = "bench-primary";
    static final List<String> MODELS = List.of(FAST, THINKER, PRIMARY);

    /** Silence of the played worker must not make the dispatcher dispatch anew. */
    static final Map<String, String> PATIENT =
            Map.of(
                    "BRIGADE_DISPATCHER_STALLTIMEOUT", "1h",
                    "BRIGADE_DISPATCHER_MAXQUEUED", "1000000");

    static final int UNLIMITED = 1_000_000;

    private static final int CHARACTERS = 1_000;
    private static final Duration DEADLINE = Duration.ofHours(12);

    private final AvroWire wire = new AvroWire(SchemaRegistry.of(Optional.empty()));
    private final PlayedWorker worker;
    private final Batch batch;
    private int sent;

    private PlayedSagas(BenchSystem system, int thinkersPlaces) {
        this.worker =
                new PlayedWorker(
                        wire,
                        List.of(
                                new PlayedModel(FAST, List.of("fast"), UNLIMITED),
                                new PlayedModel(THINKER, List.of("thinker"), thinkersPlaces),
                                new PlayedModel(PRIMARY, List.of("primary"), UNLIMITED)),
                        job -> JudgeTexts.reply(job.getStage(), CHARACTERS));
        this.batch = new Batch(system.bootstrapServers());
    }

    /**
     * Makes the models' topics and announces the worker.
     *
     * @param thinkersPlaces jobs that the thinker takes at once; 0 leaves all waiting
     */
    static PlayedSagas announce(BenchSystem system, int thinkersPlaces) {
        system.create(MODELS.stream().map(Topics::modelTopic).toList());
        PlayedSagas sagas = new PlayedSagas(system, thinkersPlaces);
        sagas.batch.show(sagas.worker.announcement());
        return sagas;
    }

    /** What the dispatcher wrote. */
    <T extends SpecificRecord> T read(ConsumerRecord<String, byte[]> record, Class<T> type) {
        try {
            return wire.decode(record.value(), type);
        } catch (UndecodableException e) {
            throw new IllegalStateException("no " + type.getSimpleName(), e);
        }
    }

    /** Sends requests of a mode and returns their ids. */
    List<String> send(SagaMode mode, int count) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            GenerationRequest request =
                    mode.request(JudgeTexts.reply("question-" + sent++, CHARACTERS), DEADLINE);
            String id = RequestId.create(System.currentTimeMillis(), i % BenchSystem.PARTITIONS);
            entries.add(Entry.byKey(Topics.REQUESTS, id, wire.encode(request.toRecord("default"))));
        }
        batch.show(entries);
        return entries.stream().map(Entry::key).toList();
    }

    /** Answers jobs. */
    void answer(Collection<Job> jobs) {
        batch.show(worker.answers(jobs));
    }

    @Override
    public void close() {
        batch.close();
    }
}
