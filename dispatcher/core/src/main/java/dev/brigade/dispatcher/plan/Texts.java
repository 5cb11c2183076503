package dev.brigade.dispatcher.plan;

import dev.brigade.dispatcher.agreement.Agreement;
import dev.brigade.dispatcher.handoff.Handoff;
import dev.brigade.dispatcher.handoff.Section;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one stage hands to the next: the request's own messages and sections named like the prompt's
 * variables.
 */
final class Texts {

    private final Progress progress;
    private final List<Section> sections = new ArrayList<>();

    Texts(Progress progress) {
        this.progress = progress;
    }

    /** The text to judge, or to go on from. */
    Texts draft(String stage) {
        return of("draft", stage);
    }

    /** What others answered. */
    Texts answers(List<String> stages) {
        stages.forEach(stage -> of("answers", stage));
        return this;
    }

    /** A text that was found wanting: quoted as such, never as fact. */
    Texts rejected(String stage) {
        sections.add(Section.rejected(by(stage), progress.text(stage)));
        return this;
    }

    /** What a judge said. */
    Texts remarks(String name, String text) {
        sections.add(Section.of(name, Optional.empty(), text));
        return this;
    }

    Texts decisions(List<String> sentences) {
        if (!sentences.isEmpty()) {
            String text = "- " + String.join("\n- ", sentences);
            sections.add(Section.of("decisions", Optional.empty(), text));
        }
        return this;
    }

    Feed feed() {
        return new Feed.Prompted(new Handoff(messages(), sections));
    }

    private List<Message> messages() {
        return progress.request().input() instanceof Input.Chat chat ? chat.messages() : List.of();
    }

    private Texts of(String name, String stage) {
        sections.add(Section.of(name, by(stage), progress.text(stage)));
        return this;
    }

    private Optional<String> by(String stage) {
        return Optional.of(progress.model(stage));
    }

    static String measured(Agreement agreement, double least) {
        return "the answers agree to %.2f by %s, %s %.2f"
                .formatted(
                        agreement.value(),
                        agreement.method(),
                        agreement.value() >= least ? "enough for" : "below",
                        least);
    }
}
