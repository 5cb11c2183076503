package dev.brigade.bench.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Answers by a function and remembers what it was asked. */
final class TestingAnswering implements Answering {

    private final Function<Call, CallResult> behaviour;
    private final List<Call> calls = new ArrayList<>();

    TestingAnswering(Function<Call, CallResult> behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    public synchronized CallResult ask(Call call) {
        calls.add(call);
        return behaviour.apply(call);
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** An answer of that many tokens, four of the prompt among them, in 10 ms. */
    static CallResult said(String text, int tokens, String... models) {
        return new CallResult(
                Optional.of(text), Optional.empty(), 4, tokens - 4, 10, List.of(models));
    }

    /** A failure that cost that many tokens. */
    static CallResult failed(String code, int tokens) {
        return new CallResult(Optional.empty(), Optional.of(code), tokens, 0, 10, List.of());
    }
}
