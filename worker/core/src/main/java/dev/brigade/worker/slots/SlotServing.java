package dev.brigade.worker.slots;

import dev.brigade.contract.topic.Topics;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.MeterNames;
import dev.brigade.worker.backend.TextModel;
import dev.brigade.worker.broker.BrokerWait;
import dev.brigade.worker.calls.CallTools;
import dev.brigade.worker.calls.ModelCalls;
import dev.brigade.worker.chunks.Later;
import dev.brigade.worker.pins.Pins;
import dev.brigade.worker.pool.HostedModel;
import dev.brigade.worker.pool.Serving;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Serves models by slots: topic and share group first, then as many slots as the model has. A model
 * that generates text has a taker for each slot; the slots of any other are shared by a few takers,
 * since its jobs are short or bring their own work for several threads.
 */
public final class SlotServing implements Serving {

    private final JobTopics topics;
    private final OpenAttempts attempts;
    private final Pins pins;
    private final CallTools tools;
    private final SlotSettings settings;
    private final MeterRegistry meters;
    private final Later later;

    /**
     * @param attempts where running attempts are entered, so that cancels find them
     * @param pins where finished attempts hold their model, if their jobs say so
     */
    public SlotServing(
            JobTopics topics,
            OpenAttempts attempts,
            Pins pins,
            CallTools tools,
            SlotSettings settings,
            MeterRegistry meters,
            Later later) {
        this.topics = topics;
        this.attempts = attempts;
        this.pins = pins;
        this.tools = tools;
        this.settings = settings;
        this.meters = meters;
        this.later = later;
    }

    @Override
    public Served begin(HostedModel hosted, LoadedModel model) throws InterruptedException {
        BrokerWait.untilDone(
                "the topic of model " + hosted.id() + " could not be prepared",
                () -> prepare(hosted.id()));
        TokenSpeed speed = new TokenSpeed(System::nanoTime);
        AttemptReport report = new AttemptReport(topics.outbox(), topics.clock());
        AttemptRunner runner =
                new AttemptRunner(
                        model,
                        works(hosted, model, report, speed),
                        attempts,
                        pins,
                        report,
                        System::nanoTime);
        int slots = hosted.spec().slots();
        List<Integer> sizes =
                TakerMaker.sizes(slots, generates(hosted, model) ? slots : settings.takers());
        TakerMaker maker =
                new TakerMaker(topics, settings, hosted.id(), sizes.size(), runner, report);
        List<Taker> takers =
                IntStream.range(0, sizes.size())
                        .mapToObj(number -> maker.regular(number, sizes.get(number)))
                        .toList();
        SlotGroup group =
                new SlotGroup(
                        hosted.id(),
                        slots,
                        takers,
                        maker::spare,
                        speed,
                        () -> uncount(hosted.id()));
        count(hosted.id(), group);
        group.start();
        return group;
    }

    private void prepare(String model) throws InterruptedException {
        topics.topics().ensure(List.of(Topics.modelTopic(model)));
        ShareGroup.configure(topics.admin(), Topics.workersGroup(model), settings.lock());
    }

    private Works works(
            HostedModel hosted, LoadedModel model, AttemptReport report, TokenSpeed speed) {
        Optional<TextWork> texts =
                model instanceof TextModel text
                        ? Optional.of(
                                new TextWork(
                                        text,
                                        report,
                                        speed,
                                        settings.chunkInterval(),
                                        System::nanoTime,
                                        later))
                        : Optional.empty();
        return new Works(texts, hosted.config().defaults(), ModelCalls.of(hosted, model, tools));
    }

    /** A model that can embed as well as generate does only what its configuration says. */
    private static boolean generates(HostedModel hosted, LoadedModel model) {
        return model instanceof TextModel
                && hosted.config().capabilities().stream()
                        .anyMatch(can -> !can.equals("embedding") && !can.equals("rerank"));
    }

    private void count(String model, SlotGroup group) {
        gauge(MeterNames.REQUESTS_RUNNING, model, group, SlotGroup::running);
        gauge(MeterNames.SLOTS, model, group, SlotGroup::slots);
    }

    private void gauge(
            String name, String model, SlotGroup group, ToDoubleFunction<SlotGroup> value) {
        Gauge.builder(name, group, value).tag(MeterNames.MODEL_NAME, model).register(meters);
    }

    private void uncount(String model) {
        for (String name : List.of(MeterNames.REQUESTS_RUNNING, MeterNames.SLOTS)) {
            meters.find(name)
                    .tag(MeterNames.MODEL_NAME, model)
                    .meters()
                    .forEach(meter -> meters.remove(meter));
        }
    }
}
