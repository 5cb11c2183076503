package dev.brigade.standalone.saga;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One request as the log shows it, ended or not. Every {@code Ms} is counted from its arrival, and
 * texts are there only when they were asked for.
 *
 * @param arrivedAt when the broker stored the request; where the log has it no more, the earliest
 *     time that is known
 * @param request empty when the log has it no more
 * @param stages as the terminal reports them; of an open request as they were let out
 * @param report how the answer came about; empty while the request is open
 * @param terminals one, as soon as the request has ended
 * @param compensations newest stage first
 */
record Saga(
        String requestId,
        Instant arrivedAt,
        Optional<Request> request,
        OptionalLong cancelAskedMs,
        List<Stage> stages,
        Optional<Report> report,
        List<Terminal> terminals,
        List<Undo> compensations,
        List<DeadLetter> deadLetters) {

    Saga {
        stages = List.copyOf(stages);
        terminals = List.copyOf(terminals);
        compensations = List.copyOf(compensations);
        deadLetters = List.copyOf(deadLetters);
    }

    /** Tokens of one or more model calls. */
    record Tokens(int prompt, int completion) {}

    /**
     * What was asked.
     *
     * @param kind chat, completion, map and the like
     * @param mode as the request says
     * @param prompt what was written, where it was asked for
     */
    record Request(
            String topic,
            int partition,
            long offset,
            String kind,
            Optional<String> mode,
            Optional<String> preset,
            Optional<String> model,
            Optional<String> taskType,
            Optional<String> role,
            String priority,
            String tenant,
            Optional<String> idempotencyKey,
            Sizes sizes,
            OptionalLong deadlineMs,
            OptionalInt maxTotalTokens,
            Optional<Double> maxCost,
            boolean streamStages,
            boolean allowSmallerMode,
            List<String> prompt) {}

    /** How large a request's input is; characters are UTF-16 code units. */
    record Sizes(int messages, int items, int characters) {}

    /**
     * One model call of the plan.
     *
     * @param status done, failed, rejected, abandoned; of one that has not ended waiting, released
     *     or running
     */
    record Stage(
            String stage,
            String kind,
            Optional<String> model,
            String status,
            OptionalLong releasedMs,
            OptionalLong startedMs,
            OptionalLong finishedMs,
            Optional<Tokens> tokens,
            Optional<Double> score,
            Optional<String> error,
            Optional<String> prompt,
            List<String> cuts,
            List<Attempt> attempts,
            Optional<String> text) {}

    /**
     * One worker's try.
     *
     * @param outcome running, finished, or the code of its failure
     */
    record Attempt(
            int dispatch,
            int delivery,
            String worker,
            OptionalLong startedMs,
            OptionalLong endedMs,
            String outcome) {}

    /** The terminal's report. */
    record Report(
            String mode,
            Optional<String> requestedMode,
            Optional<String> preset,
            List<String> modelsUsed,
            int rounds,
            Optional<Double> confidence,
            Optional<String> confidenceMethod,
            Optional<Double> agreement,
            Optional<String> agreementMethod,
            Points agreed,
            Points flagged,
            Points conflicts,
            List<String> decisions,
            List<Skip> skipped,
            List<String> resumed,
            List<String> compensated,
            long totalInferenceMs,
            Optional<String> routingReason) {}

    /** Points that participants made; their texts only where they were asked for. */
    record Points(int count, List<String> texts) {}

    /** A stage that was not run. */
    record Skip(String stage, String reason) {}

    /** How the request ended. */
    record Terminal(
            String status,
            long atMs,
            Optional<String> code,
            Optional<String> message,
            Optional<String> finishReason,
            Optional<String> model,
            Optional<String> stage,
            Optional<Tokens> tokens,
            Optional<Double> cost,
            Optional<String> originalRequestId,
            List<Item> items,
            Optional<String> text) {}

    /** How one item of a map ended. */
    record Item(int index, String status, Optional<String> code, Optional<String> text) {}

    /**
     * What was commanded to undo one stage.
     *
     * @param topic where a participant hears of it, if one must
     * @param state issued, where no participant must answer; waiting, sent, failed, done or parked
     */
    record Undo(
            String id,
            String stage,
            String model,
            int order,
            String reason,
            List<String> actions,
            Optional<String> topic,
            String state,
            List<UndoStep> steps) {}

    /**
     * What happened to a compensation.
     *
     * @param what issued, sent, done, failed or parked
     */
    record UndoStep(long atMs, int attempt, String what, Optional<String> message) {}

    /** A copy of one of the request's records that could not be worked on. */
    record DeadLetter(long atMs, String reason, Optional<String> topic) {}
}
