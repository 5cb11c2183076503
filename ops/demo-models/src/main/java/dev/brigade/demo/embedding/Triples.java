package dev.brigade.demo.embedding;

import dev.brigade.demo.corpus.Corpus;
import dev.brigade.demo.corpus.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Triples without end, made of what may be learnt. */
final class Triples {

    private static final int POOL_TEXTS = 6000;

    private final List<Statement> statements;
    private final SlotLists lists;
    private final Style style;
    private final List<Pair> questions;
    private final List<String> pool;
    private final Random random;

    Triples(long seed) throws IOException {
        this.statements = Statement.load().stream().filter(s -> !s.heldOut()).toList();
        this.lists = SlotLists.load();
        this.style = Style.load();
        this.questions = Corpus.load().pairs();
        this.random = new Random(seed);
        this.pool = pool();
    }

    /** Every third one is of several sentences, of the demo corpus or of mixed words. */
    Triple next() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> composed();
            case 3, 4 -> question();
            case 5 -> answer();
            case 6, 7, 8 -> mixedWords();
            default -> statement();
        };
    }

    private Meaning meaning(Statement statement) {
        return Meaning.of(statement, lists);
    }

    private Triple statement() {
        Meaning meaning = meaning(any(statements));
        if (random.nextInt(4) == 0) {
            return triple(meaning.denied(random), meaning.denied(random), meaning.said(random));
        }
        String anchor = meaning.said(random);
        return triple(anchor, meaning.said(random, anchor), contrary(meaning));
    }

    private String contrary(Meaning meaning) {
        if (meaning.isAlterable() && random.nextBoolean()) {
            return meaning.altered(random).said(random);
        }
        return meaning.denied(random);
    }

    private Triple triple(String anchor, String same, String other) {
        return new Triple(
                style.styled(anchor, random),
                style.styled(same, random),
                style.styled(other, random));
    }

    /** Two to five sentences; in the other one of them is changed, in the same their order. */
    private Triple composed() {
        List<Meaning> meanings = new ArrayList<>();
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            meanings.add(meaning(any(statements)));
        }
        String anchor = joined(meanings, -1);
        int wrong = random.nextInt(meanings.size());
        String other = joined(meanings, wrong);
        if (random.nextInt(3) == 0) {
            Collections.swap(meanings, 0, meanings.size() - 1);
        }
        return triple(anchor, joined(meanings, -1), other);
    }

    private String joined(List<Meaning> meanings, int wrong) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < meanings.size(); i++) {
            Meaning meaning = meanings.get(i);
            text.append(i == 0 ? "" : " ");
            text.append(i == wrong ? contrary(meaning) : meaning.said(random));
        }
        return text.toString();
    }

    private Triple question() {
        Pair pair = any(questions);
        return new Triple(any(pair.trained()), any(pair.trained()), any(any(questions).trained()));
    }

    private Triple answer() {
        Pair pair = any(questions);
        return new Triple(any(pair.trained()), pair.answer(), any(questions).answer());
    }

    /** Words in a row: same with synonyms and a slip in their order, other with another word. */
    private Triple mixedWords() {
        List<String> words = new ArrayList<>();
        for (int i = 4 + random.nextInt(9); i > 0; i--) {
            words.add(anyWord());
        }
        List<String> same = new ArrayList<>();
        for (String word : words) {
            same.add(random.nextInt(2) == 0 ? style.synonym(word, random) : word);
        }
        int slip = random.nextInt(same.size() - 1);
        Collections.swap(same, slip, slip + 1);
        List<String> other = new ArrayList<>(words);
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            other.set(random.nextInt(other.size()), anyWord());
        }
        if (random.nextInt(4) == 0) {
            other.add(random.nextInt(other.size()), "not");
        }
        return new Triple(String.join(" ", words), String.join(" ", same), String.join(" ", other));
    }

    private String anyWord() {
        return switch (random.nextInt(12)) {
            case 0 -> SlotLists.number(random);
            case 1, 2 -> SlotLists.madeUp(random);
            case 3, 4, 5 -> any(style.words());
            default -> any(pool);
        };
    }

    /** The words of what is learnt. */
    private List<String> pool() {
        Set<String> words = new LinkedHashSet<>();
        for (int i = 0; i < POOL_TEXTS; i++) {
            String text = meaning(any(statements)).said(random).toLowerCase(Locale.ROOT);
            for (String word : text.split("[^a-z]+", -1)) {
                if (word.length() > 2) {
                    words.add(word);
                }
            }
        }
        return List.copyOf(words);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
