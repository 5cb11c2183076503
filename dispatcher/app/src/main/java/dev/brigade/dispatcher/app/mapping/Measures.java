package dev.brigade.dispatcher.app.mapping;

import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Timings;
import dev.brigade.dispatcher.request.Usage;

/** Epochs, tokens and times, between the contract and the core. */
public final class Measures {

    private Measures() {}

    /** The contract's epoch. */
    public static dev.brigade.schema.Epoch write(Epoch epoch) {
        return new dev.brigade.schema.Epoch(epoch.dispatch(), epoch.delivery(), epoch.attemptId());
    }

    static dev.brigade.schema.Usage write(Usage usage) {
        return new dev.brigade.schema.Usage(usage.promptTokens(), usage.completionTokens());
    }

    static dev.brigade.schema.Timings write(Timings timings) {
        return new dev.brigade.schema.Timings(
                timings.loadWaitMs(), timings.firstTokenMs(), timings.totalMs());
    }

    static Epoch read(dev.brigade.schema.Epoch record) {
        return new Epoch(record.getDispatch(), record.getDelivery(), record.getAttemptId());
    }

    static Usage read(dev.brigade.schema.Usage record) {
        return new Usage(record.getPromptTokens(), record.getCompletionTokens());
    }

    static Timings read(dev.brigade.schema.Timings record) {
        return new Timings(record.getLoadWaitMs(), record.getFirstTokenMs(), record.getTotalMs());
    }
}
