package dev.brigade.worker.slots;

import dev.brigade.contract.topic.Topics;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Makes the takers of one model.
 *
 * @param regulars how many take jobs for ever
 */
record TakerMaker(
        JobTopics topics,
        SlotSettings settings,
        String model,
        int regulars,
        AttemptRunner runner,
        AttemptReport report) {

    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final Duration SPARE_IDLE_LIMIT = Duration.ofSeconds(30);

    /**
     * A broker now and then does not notice that a record has come for a fetch that waits, and then
     * the record waits for the next fetch of any taker. So the fetches of a model's takers come
     * together about as often as those of a single one, whose fetches wait this long.
     */
    private static final Duration FETCH_WAIT = Duration.ofMillis(100);

    private static final Duration LONGEST_FETCH_WAIT = Duration.ofMillis(500);

    /** How many jobs each of at most so many takers has, so that together they have all slots. */
    static List<Integer> sizes(int slots, int takers) {
        int count = Math.min(slots, takers);
        return IntStream.range(0, count)
                .mapToObj(number -> slots / count + (number < slots % count ? 1 : 0))
                .toList();
    }

    /** One that takes jobs until it is told to stop. */
    Taker regular(int number, int size) {
        return taker(number, size, FOR_EVER);
    }

    /** One of a single job, that goes when there is nothing to do. */
    Taker spare(int number) {
        return taker(number, 1, SPARE_IDLE_LIMIT);
    }

    private Duration fetchWait() {
        return Collections.min(List.of(FETCH_WAIT.multipliedBy(regulars), LONGEST_FETCH_WAIT));
    }

    private Taker taker(int number, int size, Duration idleLimit) {
        String name = "slot-" + model + "-" + number;
        JobIntake intake =
                new JobIntake(
                        topics.workerId(),
                        topics.wire(),
                        topics.outbox(),
                        topics.clock(),
                        System::nanoTime,
                        () -> UUID.randomUUID().toString());
        return new Taker(
                name,
                size,
                idleLimit,
                () ->
                        KafkaJobSource.open(
                                topics.client(),
                                topics.workerId() + "-" + name,
                                Topics.workersGroup(model),
                                Topics.model(model),
                                size,
                                fetchWait()),
                intake,
                runner,
                report,
                settings.progressInterval());
    }
}
