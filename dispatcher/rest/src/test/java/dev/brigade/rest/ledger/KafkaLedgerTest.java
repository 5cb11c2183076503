package dev.brigade.rest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.brigade.contract.topic.Topics;
import dev.brigade.rest.error.ApiException;
import dev.brigade.schema.BatchJob;
import dev.brigade.schema.BatchJobCancel;
import dev.brigade.schema.BatchJobStatus;
import dev.brigade.schema.StoredFile;
import dev.brigade.schema.StoredPayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Instances that know the same over a real broker, and of which one has the turn. */
class KafkaLedgerTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<KafkaLedger> open = new ArrayList<>();

    @AfterEach
    void closeAll() {
        open.forEach(KafkaLedger::close);
    }

    private KafkaLedger instance() {
        return instance(new Gate());
    }

    private KafkaLedger instance(Gate gate) {
        KafkaLedger ledger = TestingKafka.ledger(TestingKafka.address(), gate);
        open.add(ledger);
        await().atMost(LONG).ignoreExceptions().until(() -> ledger.records() != null);
        return ledger;
    }

    @Test
    void whoWritesReadsItAtOnceAndOthersSoon() {
        KafkaLedger one = instance();
        KafkaLedger other = instance();
        StoredFile file = file("a.jsonl");
        other.put(Entry.of(file));
        assertThat(other.records().file(file.getId())).contains(file);
        await().atMost(LONG).until(() -> one.records().file(file.getId()).isPresent());

        one.put(Entry.withoutFile(file.getId()));
        assertThat(one.records().file(file.getId())).isEmpty();
        await().atMost(LONG).until(() -> other.records().file(file.getId()).isEmpty());
    }

    @Test
    void aBatchAndTheWishToCancelItDoNotOverwriteEachOther() {
        KafkaLedger one = instance();
        BatchJob batch = batch(BatchJobStatus.IN_PROGRESS);
        BatchJobCancel wish = new BatchJobCancel(batch.getId(), 5L);
        one.put(List.of(Entry.of(batch), Entry.of(wish)));
        assertThat(one.records().batch(batch.getId())).contains(batch);
        assertThat(one.records().cancel(batch.getId())).contains(wish);

        one.put(Entry.withoutCancel(batch.getId()));
        assertThat(one.records().batch(batch.getId())).contains(batch);
        assertThat(one.records().cancel(batch.getId())).isEmpty();
    }

    @Test
    void aRecordThatCannotBeReadIsPassedOver() throws Exception {
        KafkaLedger one = instance();
        try (KafkaProducer<byte[], byte[]> garbage =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", TestingKafka.address()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            garbage.send(new ProducerRecord<>(Topics.FILES, new byte[] {1}, new byte[] {7, 7}))
                    .get(20, TimeUnit.SECONDS);
        }
        StoredFile behind = file("behind");
        one.put(Entry.of(behind));
        assertThat(one.records().file(behind.getId())).contains(behind);
    }

    @Test
    void whatATurnWritesTogetherIsStoredTogetherOrNotAtAll() {
        KafkaLedger one = instance();
        Turn turn = turnOf(one);
        StoredFile output = file("output");
        BatchJob ended = batch(BatchJobStatus.COMPLETED);
        turn.write(List.of(Entry.of(output), Entry.of(ended)));
        assertThat(one.records().file(output.getId())).contains(output);
        assertThat(one.records().batch(ended.getId())).contains(ended);

        StoredFile fits = file("fits");
        StoredFile tooLarge = file("x".repeat(5 << 20));
        ApiException refused =
                catchThrowableOfType(
                        ApiException.class,
                        () -> turn.write(List.of(Entry.of(fits), Entry.of(tooLarge))));
        assertThat(refused.error().code()).isEqualTo("not_ready");
        assertThat(turn.held()).isFalse();
        // A next turn has read all that the earlier one left.
        Turn next = turnOf(one);
        assertThat(next).isNotSameAs(turn);
        assertThat(one.records().file(fits.getId())).isEmpty();
        assertThatThrownBy(() -> turn.write(Entry.of(fits))).isInstanceOf(TurnLostException.class);
    }

    @Test
    void oneHasTheTurnAndWhoStopsGivesItAwayAtOnce() {
        KafkaLedger one = instance();
        Turn first = turnOf(one);
        KafkaLedger other = instance();
        BatchJob batch = batch(BatchJobStatus.IN_PROGRESS);
        turnOfEither(one, other).write(Entry.of(batch));
        assertThat(Stream.of(one, other).filter(ledger -> ledger.turn().isPresent())).hasSize(1);

        one.close();
        assertThat(first.held()).isFalse();
        assertThat(turnOf(other).held()).isTrue();
        assertThat(other.records().batch(batch.getId())).contains(batch);
    }

    @Test
    void aFrozenInstanceWritesNothingWhenItWakes() {
        Gate gate = new Gate();
        KafkaLedger frozen = instance(gate);
        Turn lost = turnOf(frozen);
        BatchJob batch = batch(BatchJobStatus.IN_PROGRESS);
        lost.write(Entry.of(batch));

        gate.shutAt("commitTransaction");
        BatchJob late = BatchJob.newBuilder(batch).setCompleted(7).build();
        CompletableFuture<Void> write =
                CompletableFuture.runAsync(() -> lost.write(Entry.of(late)));
        await().atMost(LONG).until(() -> gate.holds(Gate.TURN));
        TestingKafka.missMembers();

        KafkaLedger next = instance();
        Turn taken = turnOf(next);
        assertThat(next.records().batch(batch.getId())).contains(batch);
        BatchJob ended = BatchJob.newBuilder(batch).setStatus(BatchJobStatus.COMPLETED).build();
        taken.write(Entry.of(ended));
        assertThat(lost.held()).as("it cannot know yet").isTrue();

        gate.open();
        assertThatThrownBy(() -> write.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(TurnLostException.class);
        assertThat(lost.held()).isFalse();
        await().atMost(LONG)
                .until(() -> frozen.records().batch(batch.getId()).equals(Optional.of(ended)));
        assertThat(next.records().batch(batch.getId())).contains(ended);
    }

    @Test
    void withoutABrokerTheCallerIsToldSo() {
        try (KafkaLedger alone = TestingKafka.ledger("127.0.0.1:1", new Gate())) {
            for (Runnable call : List.<Runnable>of(alone::records, () -> alone.put(List.of()))) {
                ApiException refused = catchThrowableOfType(ApiException.class, call::run);
                assertThat(refused.error().code()).isEqualTo("not_ready");
            }
            assertThat(alone.turn()).isEmpty();
        }
    }

    private static Turn turnOfEither(KafkaLedger one, KafkaLedger other) {
        return await().atMost(LONG)
                .until(() -> one.turn().or(other::turn), Optional::isPresent)
                .orElseThrow();
    }

    private static Turn turnOf(KafkaLedger ledger) {
        return await().atMost(LONG).until(ledger::turn, Optional::isPresent).orElseThrow();
    }

    private static StoredFile file(String name) {
        return StoredFile.newBuilder()
                .setId("file-" + UUID.randomUUID())
                .setFilename(name)
                .setPurpose("batch")
                .setPayload(payload())
                .setCreatedAt(1)
                .build();
    }

    private static BatchJob batch(BatchJobStatus status) {
        return BatchJob.newBuilder()
                .setId("batch_" + UUID.randomUUID())
                .setStatus(status)
                .setEndpoint("/v1/embeddings")
                .setInputFileId("file-x")
                .setInput(payload())
                .setCompletionWindow("24h")
                .setMetadata(Map.of())
                .setCreatedAt(1)
                .setExpiresAt(2)
                .build();
    }

    private static StoredPayload payload() {
        return StoredPayload.newBuilder()
                .setDigest("0".repeat(64))
                .setBytes(1)
                .setMediaType("application/jsonl")
                .build();
    }
}
