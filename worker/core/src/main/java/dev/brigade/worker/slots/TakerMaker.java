package dev.brigade.worker.slots;

import dev.brigade.contract.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Makes the takers of one model. */
record TakerMaker(
        JobTopics topics,
        SlotSettings settings,
        String model,
        AttemptRunner runner,
        AttemptReport report) {

    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final Duration SPARE_IDLE_LIMIT = Duration.ofSeconds(30);

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
                                size),
                intake,
                runner,
                report,
                settings.progressInterval());
    }
}
