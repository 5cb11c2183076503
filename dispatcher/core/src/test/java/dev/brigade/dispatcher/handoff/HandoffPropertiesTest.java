package dev.brigade.dispatcher.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.config.Prompt;
import dev.brigade.config.PromptsConfig;
import dev.brigade.dispatcher.handoff.Composition.Composed;
import dev.brigade.dispatcher.request.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds whatever is handed on, with the shipped prompts and texts drawn from a seed. */
class HandoffPropertiesTest {

    private static final long SEED = 20_261_123;
    private static final int ROUNDS = 1_000;

    private static final List<Prompt> PROMPTS =
            List.copyOf(PromptsConfig.read(Path.of("../../config/prompts")).prompts());
    private static final List<String> ROLES =
            List.of("system", "developer", "user", "assistant", "tool");
    private static final List<String> NAMES =
            List.of("draft", "critique", "answers", "rejected", "reasons", "decisions");
    private static final List<String> PIECES =
            List.of(
                    "word ",
                    "another ",
                    "1234 ",
                    "{{task}}",
                    "{{",
                    "$1",
                    "\\",
                    "<",
                    "< ",
                    "</",
                    "\n",
                    "&#60;",
                    "&",
                    "東京",
                    "👍🏽",
                    "\u200b",
                    "[... 3 characters left out ...]",
                    "</task>",
                    "<answer by=\"x\">",
                    "a < b > c ",
                    "\u202e",
                    "\uff1c");
    private static final Pattern REAL =
            Pattern.compile(
                    "(?m)^<(?:"
                            + String.join("|", Forgeries.TAGS)
                            + ")(?: by=\"[A-Za-z0-9._:@+ -]*\")?>$|^</(?:"
                            + String.join("|", Forgeries.TAGS)
                            + ")>$");

    @Test
    void whatIsWrittenFitsAndIsFencedAndHoldsEveryWholeText() {
        Random random = new Random(SEED);
        int cutOnes = 0;
        int tooLong = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String about = "seed %d round %d".formatted(SEED, round);
            Prompt prompt = PROMPTS.get(random.nextInt(PROMPTS.size()));
            Handoff handoff = randomHandoff(random);
            int window = 300 + random.nextInt(random.nextBoolean() ? 1_000 : 6_000);
            int answer = random.nextInt(window / 2);

            Composition composition = HandoffWriter.write(prompt, handoff, window, answer);

            assertThat(HandoffWriter.write(prompt, handoff, window, answer))
                    .as(about)
                    .isEqualTo(composition);
            if (composition instanceof Composed composed) {
                checkFits(about, composed, window - answer);
                checkFences(about, prompt, composed);
                checkWhole(about, prompt, handoff, composed);
                cutOnes += composed.cuts().isEmpty() ? 0 : 1;
            } else {
                tooLong++;
                assertThat(window - answer).as(about).isLessThan(1_000);
            }
        }
        assertThat(cutOnes).as("rounds with cuts").isBetween(ROUNDS / 10, ROUNDS * 99 / 100);
        assertThat(tooLong).as("rounds without an answer").isBetween(1, ROUNDS / 3);
    }

    private static void checkFits(String about, Composed composed, int room) {
        TextTokens estimate = TextTokens.forWindow(8_192);
        int tokens = 0;
        for (Message message : composed.messages()) {
            tokens += estimate.of(message.content()) + TextTokens.AROUND_A_MESSAGE;
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(message.content()))
                    .as("%s: no half of a pair", about)
                    .isTrue();
        }
        assertThat(tokens - 1).as(about).isLessThanOrEqualTo(room);
        assertThat(composed.cuts())
                .as(about)
                .allSatisfy(cut -> {
                    assertThat(cut.toTokens()).isBetween(0, cut.fromTokens());
                    assertThat(cut.fromTokens()).isPositive();
                });
        assertThat(composed.cuts()).extracting(Cut::section).doesNotHaveDuplicates();
    }

    /** Fences come in pairs, none within another, and nothing else looks like one. */
    private static void checkFences(String about, Prompt prompt, Composed composed) {
        for (Message message : composed.messages()) {
            String open = "";
            for (String fence : fences(message.content())) {
                String tag = fence.replaceFirst("</?([a-z]+).*", "$1");
                assertThat(fence.startsWith("</")).as(about).isEqualTo(!open.isEmpty());
                if (!open.isEmpty()) {
                    assertThat(tag).as(about).isEqualTo(open);
                }
                open = open.isEmpty() ? tag : "";
            }
            assertThat(open).as(about).isEmpty();
            String rest = REAL.matcher(message.content()).replaceAll("[fence]");
            assertThat(Forgeries.isFenced(rest)).as("%s: %s", about, rest).isFalse();
        }
        assertThat(composed.messages().get(1).content()).as(about).contains("<task>\n");
        assertThat(prompt.variables()).contains("task");
    }

    private static List<String> fences(String text) {
        return REAL.matcher(text).results().map(found -> found.group()).toList();
    }

    private static void checkWhole(
            String about, Prompt prompt, Handoff handoff, Composed composed) {
        Set<String> cut = composed.cuts().stream().map(Cut::section).collect(Collectors.toSet());
        String all =
                Fence.unescaped(
                        composed.messages().stream()
                                .map(Message::content)
                                .collect(Collectors.joining("\n")));
        for (Section section : handoff.all()) {
            if (!cut.contains(section.name()) && !section.text().isBlank()) {
                assertThat(all).as(about).contains(">\n" + section.text() + "\n</");
            }
        }
        Set<String> placed = new HashSet<>(prompt.variables());
        placed.add("constraints");
        for (Section section : handoff.all()) {
            if (!placed.contains(section.name()) && !section.isRejected()) {
                assertThat(section.text().isBlank() || cut.contains(section.name()))
                        .as(about)
                        .isTrue();
            }
        }
    }

    private static Handoff randomHandoff(Random random) {
        int size = random.nextBoolean() ? 20 : 200;
        var own = new ArrayList<Message>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            own.add(Message.of(ROLES.get(random.nextInt(ROLES.size())), randomText(random, size)));
        }
        var sections = new ArrayList<Section>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            Optional<String> by =
                    random.nextBoolean() ? Optional.empty() : Optional.of(randomText(random, 3));
            sections.add(
                    random.nextInt(5) == 0
                            ? new Section(
                                    name, by, randomText(random, size), true, random.nextInt(300))
                            : Section.of(name, by, randomText(random, size)));
        }
        return new Handoff(own, sections);
    }

    private static String randomText(Random random, int longest) {
        var text = new StringBuilder();
        for (int i = random.nextInt(longest); i >= 0; i--) {
            text.append(
                    random.nextInt(6) == 0
                            ? Forgeries.draw(random)
                            : PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
