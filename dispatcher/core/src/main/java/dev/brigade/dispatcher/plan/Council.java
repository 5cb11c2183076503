package dev.brigade.dispatcher.plan;

import dev.brigade.dispatcher.agreement.Agreement;
import java.util.ArrayList;
import java.util.List;

/**
 * How several voices end in one answer, and what is said of it: the same in debate and ensemble.
 *
 * @param lost stages of voices that were lost
 * @param minAgreement that counts as enough, 0 to 1
 */
record Council(List<String> lost, double minAgreement) {

    Council {
        lost = List.copyOf(lost);
    }

    static Council of(Progress progress, List<String> stages, double minAgreement) {
        return new Council(
                stages.stream().filter(stage -> progress.standing(stage) == Standing.LOST).toList(),
                minAgreement);
    }

    /** Only one voice is left. */
    Step alone(String stage) {
        return new Step.Answered(
                stage, Outcome.NONE.deciding(decisions("only " + stage + " is left")));
    }

    /** The voices were compared, and this stage's text is the answer. */
    Step answered(String stage, Agreement agreement, String decision) {
        return new Step.Answered(
                stage,
                Outcome.NONE
                        .agreeing(agreement)
                        .deciding(decisions(Texts.measured(agreement, minAgreement), decision)));
    }

    private List<String> decisions(String... sentences) {
        var decisions = new ArrayList<String>();
        lost.forEach(stage -> decisions.add(stage + " was lost"));
        decisions.addAll(List.of(sentences));
        return decisions;
    }
}
