package dev.brigade.dispatcher.plan;

import dev.brigade.dispatcher.agreement.Agreement;
import dev.brigade.dispatcher.agreement.Conflict;
import dev.brigade.dispatcher.request.Report;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a plan says of the answer it found. Confidence and agreement are measured, or absent.
 *
 * @param decisions short sentences, without any prompt or answer text
 */
public record Outcome(
        OptionalDouble confidence,
        Optional<String> confidenceMethod,
        OptionalDouble agreement,
        Optional<String> agreementMethod,
        List<String> agreedPoints,
        List<String> flaggedPoints,
        List<Report.Conflict> conflicts,
        List<String> decisions) {

    public static final Outcome NONE =
            new Outcome(
                    OptionalDouble.empty(),
                    Optional.empty(),
                    OptionalDouble.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());

    public Outcome {
        agreedPoints = List.copyOf(agreedPoints);
        flaggedPoints = List.copyOf(flaggedPoints);
        conflicts = List.copyOf(conflicts);
        decisions = List.copyOf(decisions);
        if (confidence.isPresent() != confidenceMethod.isPresent()
                || agreement.isPresent() != agreementMethod.isPresent()) {
            throw new IllegalArgumentException("a figure without its method, or the reverse");
        }
    }

    Outcome confident(OptionalDouble value, String method) {
        return new Outcome(
                value,
                value.isPresent() ? Optional.of(method) : Optional.empty(),
                agreement,
                agreementMethod,
                agreedPoints,
                flaggedPoints,
                conflicts,
                decisions);
    }

    /** As confident as the answers agree: by the share of equal ones, or else by their likeness. */
    Outcome agreeing(Agreement measured) {
        boolean counted =
                measured.majorityStage().isPresent()
                        || measured.method().equals(Agreement.EXACT_MATCH);
        return new Outcome(
                OptionalDouble.of(counted ? measured.majorityShare() : measured.value()),
                Optional.of(counted ? "majority_share" : "mean_similarity"),
                OptionalDouble.of(measured.value()),
                Optional.of(measured.method()),
                measured.agreedPoints(),
                measured.flaggedPoints(),
                measured.conflicts().stream().map(Outcome::conflict).toList(),
                decisions);
    }

    Outcome deciding(List<String> sentences) {
        return new Outcome(
                confidence,
                confidenceMethod,
                agreement,
                agreementMethod,
                agreedPoints,
                flaggedPoints,
                conflicts,
                sentences);
    }

    private static Report.Conflict conflict(Conflict found) {
        return new Report.Conflict(
                found.about(),
                found.positions().stream()
                        .map(one -> new Report.Position(one.model(), one.stage(), one.text()))
                        .toList());
    }
}
