package dev.brigade.demo.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CorpusTest {

    private final Corpus corpus;

    CorpusTest() throws IOException {
        corpus = Corpus.load();
    }

    @Test
    void hasSeveralHundredPairsAndThousandsOfPhrasings() {
        assertThat(corpus.pairs()).hasSizeGreaterThan(250);
        assertThat(corpus.pairs().stream().mapToInt(pair -> pair.trained().size()).sum())
                .isGreaterThan(4000);
        assertThat(corpus.unknown().heldOut()).hasSizeGreaterThan(80);
    }

    @Test
    void asksNoQuestionForTwoAnswers() {
        Map<String, String> answers = new HashMap<>();
        all().forEach(pair ->
                pair.trained()
                        .forEach(asked ->
                                assertThat(
                                                answers.merge(
                                                        plain(asked),
                                                        pair.answer(),
                                                        (old, now) -> old))
                                        .as(asked)
                                        .isEqualTo(pair.answer())));
    }

    @Test
    void trainsNoHeldOutPhrasing() {
        List<String> trained =
                all().flatMap(pair -> pair.trained().stream()).map(CorpusTest::plain).toList();
        assertThat(all().flatMap(pair -> pair.heldOut().stream()).map(CorpusTest::plain))
                .doesNotContainAnyElementsOf(trained);
    }

    @Test
    void holdsOutAPhrasingOfEveryWrittenPair() {
        assertThat(corpus.pairs()).allSatisfy(pair -> assertThat(pair.heldOut()).isNotEmpty());
    }

    @Test
    void drawsTheSameConversationsAgain() {
        Conversations one = new Conversations(corpus, Mixture.USUAL, 4);
        Conversations two = new Conversations(corpus, Mixture.USUAL, 4);
        for (int i = 0; i < 200; i++) {
            assertThat(one.next()).isEqualTo(two.next());
        }
    }

    @Test
    void writesOutEveryChoice() {
        assertThat(Phrasings.expanded("{a|b} c{|!}")).containsExactly("a c", "a c!", "b c", "b c!");
        assertThatIllegalArgumentException().isThrownBy(() -> Phrasings.expanded("{a|b"));
    }

    @Test
    void refusesABlockWithoutAnswer() {
        assertThatIllegalArgumentException().isThrownBy(() -> PairFile.parse("Q: Why?"));
    }

    private Stream<Pair> all() {
        return Stream.of(corpus.pairs(), corpus.sums(), List.of(corpus.unknown()))
                .flatMap(List::stream);
    }

    private static String plain(String question) {
        return question.toLowerCase(Locale.ROOT).replaceAll("[?.!]+$", "");
    }
}
