package dev.brigade.worker.deterministic;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.ModelLoadException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What certain calls are answered. A rule matches a call for which {@code when} and {@code job}
 * hold, so far as they are given.
 *
 * @param when {@code when}: text that the prompt contains, 1 to 1000 characters. A chat reads as
 *     lines of {@code role: content}
 * @param job {@code job}: text that the job's id ({@code request/stage/dispatch}) contains, such as
 *     {@code /critique-1/}
 * @param say {@code say}: the text, said as it is even where the call has a JSON schema; or a list
 *     of up to 64, from which the call's seed chooses, counting from 0 and round. Without it the
 *     words or the JSON document are made up as for any other call
 * @param failure the failure in its place, if any
 * @param tokensPerSecond {@code tokens_per_second}: speed in place of the model's
 */
record ReplyRule(
        Optional<String> when,
        Optional<String> job,
        List<String> say,
        Optional<Failure> failure,
        OptionalInt tokensPerSecond) {

    static final Set<String> PROPERTIES =
            Set.of(
                    "when",
                    "job",
                    "say",
                    "fail",
                    "times",
                    "crash",
                    "after_tokens",
                    "tokens_per_second");

    private static final int LONGEST_CONDITION = 1_000;
    private static final int MOST_TEXTS = 64;
    private static final int LONGEST_TEXT = 100_000;

    /**
     * A failure of the first calls that match.
     *
     * @param code {@code fail}: wire name of an error code; {@code engine_crashed} where {@code
     *     crash} is given
     * @param crashed whether it is told as the end of the engine process
     * @param times {@code times}, or {@code crash}: how many matching calls fail, counted from the
     *     load of the model; all of them where {@code times} is not given. From then on the rule's
     *     {@code say} holds; a rule without one matches no more
     * @param afterTokens {@code after_tokens}: tokens that are generated before it
     */
    record Failure(ErrorCode code, boolean crashed, int times, int afterTokens) {}

    ReplyRule {
        say = List.copyOf(say);
    }

    static ReplyRule of(Fields fields) throws ModelLoadException {
        ReplyRule rule =
                new ReplyRule(
                        fields.text("when", 1, LONGEST_CONDITION),
                        fields.text("job", 1, LONGEST_CONDITION),
                        fields.texts("say", MOST_TEXTS, LONGEST_TEXT),
                        failure(fields),
                        fields.number("tokens_per_second", 0, DeterministicFile.MOST));
        if (rule.say.isEmpty() && rule.failure.isEmpty() && rule.tokensPerSecond.isEmpty()) {
            throw fields.error("needs one of say, fail, crash and tokens_per_second");
        }
        return rule;
    }

    private static Optional<Failure> failure(Fields fields) throws ModelLoadException {
        boolean fails = fields.has("fail");
        boolean crashes = fields.has("crash");
        if (fails && crashes) {
            throw fields.error("fail and crash exclude each other");
        }
        if (fields.has("times") && !fails) {
            throw fields.error("times needs fail");
        }
        int afterTokens = fields.number("after_tokens", 0, DeterministicFile.MOST).orElse(0);
        if (!fails && !crashes) {
            if (fields.has("after_tokens")) {
                throw fields.error("after_tokens needs fail or crash");
            }
            return Optional.empty();
        }
        OptionalInt times = fields.number(fails ? "times" : "crash", 1, DeterministicFile.MOST);
        return Optional.of(
                new Failure(
                        fails ? code(fields) : ErrorCode.ENGINE_CRASHED,
                        crashes,
                        times.orElse(Integer.MAX_VALUE),
                        afterTokens));
    }

    private static ErrorCode code(Fields fields) throws ModelLoadException {
        String name = fields.text("fail", 1, LONGEST_CONDITION).orElseThrow();
        return ErrorCode.ofWireName(name)
                .orElseThrow(() -> fields.error("fail is no error code: " + name));
    }

    boolean matches(String jobId, String prompt) {
        return when.map(prompt::contains).orElse(true) && job.map(jobId::contains).orElse(true);
    }
}
