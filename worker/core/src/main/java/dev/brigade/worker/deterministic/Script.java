package dev.brigade.worker.deterministic;

import dev.brigade.worker.deterministic.ReplyRule.Failure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The rules of a loaded model, with how often each has failed a call. Thread-safe. */
final class Script {

    private static final Cue NOTHING_SAID =
            new Cue(Optional.empty(), Optional.empty(), OptionalInt.empty());

    private final List<ReplyRule> rules;
    private final AtomicIntegerArray failed;

    Script(List<ReplyRule> rules) {
        this.rules = rules;
        this.failed = new AtomicIntegerArray(rules.size());
    }

    /**
     * What a call is answered.
     *
     * @param text to say; empty where it is made up
     * @param failure by which it ends
     * @param tokensPerSecond speed in place of the model's
     */
    record Cue(Optional<String> text, Optional<Failure> failure, OptionalInt tokensPerSecond) {}

    Cue cue(String jobId, String prompt, long seed) {
        for (int i = 0; i < rules.size(); i++) {
            ReplyRule rule = rules.get(i);
            if (rule.matches(jobId, prompt)) {
                Optional<Failure> failure = due(i);
                if (failure.isPresent() || rule.failure().isEmpty() || !rule.say().isEmpty()) {
                    return new Cue(text(rule, seed), failure, rule.tokensPerSecond());
                }
            }
        }
        return NOTHING_SAID;
    }

    /** The failure of a rule, while it has calls left to fail. */
    private Optional<Failure> due(int rule) {
        return rules.get(rule)
                .failure()
                .filter(failure ->
                        failed.getAndUpdate(rule, n -> Math.min(n + 1, failure.times()))
                                < failure.times());
    }

    private static Optional<String> text(ReplyRule rule, long seed) {
        List<String> say = rule.say();
        return say.isEmpty()
                ? Optional.empty()
                : Optional.of(say.get(Math.floorMod(seed, say.size())));
    }
}
