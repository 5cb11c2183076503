package dev.brigade.demo.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TriplesTest {

    @Test
    void sayTheSameByTheSameSeed() throws IOException {
        assertThat(some(50, 3)).isEqualTo(some(50, 3)).isNotEqualTo(some(50, 4));
    }

    @Test
    void neverSayWhatIsHeldOut() throws IOException {
        List<String> texts = new ArrayList<>();
        for (Triple triple : some(2000, 1)) {
            texts.add(triple.anchor() + triple.same() + triple.other());
        }
        assertThat(texts)
                .noneMatch(text -> text.contains("in the fridge"))
                .noneMatch(text -> text.contains("moons"))
                .noneMatch(text -> text.contains("the highest mountain"))
                .anyMatch(text -> text.contains("is the capital"));
    }

    @Test
    void aMeaningKeepsItsThingsAndAnAlteredOneDoesNot() throws IOException {
        SlotLists lists = SlotLists.load();
        Random random = new Random(2);
        for (Statement statement : Statement.load()) {
            Meaning meaning = Meaning.of(statement, lists);
            String text = meaning.said(random);
            assertThat(text).doesNotContain("<", "{", "|");
            assertThat(meaning.denied(random)).doesNotContain("<", "{", "|");
            if (meaning.isAlterable()) {
                List<String> ways = new ArrayList<>();
                for (int i = 0; i < 60; i++) {
                    ways.add(meaning.said(random));
                }
                assertThat(ways).doesNotContain(meaning.altered(random).said(random));
            }
        }
    }

    private static List<Triple> some(int count, long seed) throws IOException {
        Triples triples = new Triples(seed);
        List<Triple> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(triples.next());
        }
        return some;
    }
}
