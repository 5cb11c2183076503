package dev.brigade.dispatcher.agreement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the sentences of several texts share, what only one of them says, and where two say the same
 * with another number, another name or the opposite sign. All of it goes by wording: what is said
 * in other words is taken for something else, and a contradiction in other words is not seen.
 */
final class Points {

    private static final int MOST_POINTS = 10;
    private static final int MOST_SENTENCES = 200;
    private static final int MOST_PER_VOICE = 64;
    private static final int LONGEST_ABOUT = 120;

    /** Share of a sentence's words that a longer one must have to say it too. */
    private static final double SAME = 0.6;

    /** Likeness from which a difference is one about the same point. */
    private static final double ABOUT_THE_SAME = 0.6;

    private final List<Voice> voices;
    private final List<List<Sentence>> sentences = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private final Set<Sentence> disputed = new HashSet<>();

    Points(List<Voice> voices) {
        this.voices = voices;
        int most = Math.min(MOST_PER_VOICE, MOST_SENTENCES / voices.size());
        for (int i = 0; i < voices.size(); i++) {
            sentences.add(Sentence.of(i, voices.get(i).text(), most));
        }
        all().forEach(sentence -> names.addAll(sentence.names()));
        inTurns().forEach(this::findConflict);
    }

    List<Conflict> conflicts() {
        return conflicts;
    }

    /** Sentences of one voice that most of the others say too. */
    List<String> agreed(int voice) {
        int others = voices.size() - 1;
        return sentences.get(voice).stream()
                .filter(sentence -> !disputed.contains(sentence))
                .filter(sentence -> 2 * supporters(sentence) > others)
                .map(Sentence::text)
                .distinct()
                .limit(MOST_POINTS)
                .toList();
    }

    /** Sentences that one voice alone says. */
    List<String> flagged() {
        if (voices.size() == 1) {
            return List.of();
        }
        return inTurns().stream()
                .filter(sentence -> !disputed.contains(sentence) && supporters(sentence) == 0)
                .map(Sentence::text)
                .distinct()
                .limit(MOST_POINTS)
                .toList();
    }

    private List<Sentence> all() {
        return sentences.stream().flatMap(List::stream).toList();
    }

    /** The first sentences of all, then the second ones: no voice takes all the room. */
    private List<Sentence> inTurns() {
        return all().stream()
                .sorted(Comparator.comparingInt(Sentence::place).thenComparingInt(Sentence::voice))
                .toList();
    }

    private long supporters(Sentence sentence) {
        return othersThan(sentence).stream().filter(others -> isIn(sentence, others)).count();
    }

    /** By the sentence that is nearest, or else as a part of a longer one. */
    private boolean isIn(Sentence sentence, List<Sentence> others) {
        return nearest(sentence, others)
                .map(near -> !contradict(sentence, near))
                .orElseGet(() ->
                        others.stream()
                                .anyMatch(other -> sentence.run().foundIn(other.run()) >= SAME));
    }

    private List<List<Sentence>> othersThan(Sentence sentence) {
        var others = new ArrayList<>(sentences);
        others.remove(sentence.voice());
        return others;
    }

    private void findConflict(Sentence sentence) {
        if (conflicts.size() >= MOST_POINTS || disputed.contains(sentence)) {
            return;
        }
        List<Sentence> near =
                othersThan(sentence).stream()
                        .flatMap(others -> nearest(sentence, others).stream())
                        .filter(other -> mutual(sentence, other))
                        .toList();
        near.stream()
                .filter(other -> contradict(sentence, other))
                .findFirst()
                .ifPresent(against -> addConflict(sentence, near, about(sentence, against)));
    }

    private void addConflict(Sentence sentence, List<Sentence> near, String about) {
        var all = new ArrayList<>(near);
        all.add(sentence);
        all.sort(Comparator.comparingInt(Sentence::voice));
        disputed.addAll(all);
        conflicts.add(new Conflict(about, all.stream().map(this::position).toList()));
    }

    private Position position(Sentence sentence) {
        Voice voice = voices.get(sentence.voice());
        return new Position(voice.model(), voice.stage(), sentence.text());
    }

    /** So that a step of a list is not held against the next step of another. */
    private boolean mutual(Sentence sentence, Sentence other) {
        return nearest(other, sentences.get(sentence.voice())).filter(sentence::equals).isPresent();
    }

    private static Optional<Sentence> nearest(Sentence sentence, List<Sentence> others) {
        Optional<Sentence> nearest = Optional.empty();
        double best = ABOUT_THE_SAME;
        for (Sentence other : others) {
            double likeness = sentence.run().likeness(other.run());
            if (likeness > best || (likeness == best && nearest.isEmpty())) {
                nearest = Optional.of(other);
                best = likeness;
            }
        }
        return nearest;
    }

    private boolean contradict(Sentence one, Sentence other) {
        return one.run().likeness(other.run()) >= ABOUT_THE_SAME
                && (one.negated() != other.negated()
                        || bothHaveTheirOwn(one.numbers(), other.numbers())
                        || bothHaveTheirOwn(namesOf(one), namesOf(other)));
    }

    private static boolean bothHaveTheirOwn(Set<String> one, Set<String> other) {
        return !one.containsAll(other) && !other.containsAll(one);
    }

    /** The first word has a capital in any case, and is a name if it has one elsewhere too. */
    private Set<String> namesOf(Sentence sentence) {
        if (!names.contains(sentence.first())) {
            return sentence.names();
        }
        var all = new HashSet<>(sentence.names());
        all.add(sentence.first());
        return all;
    }

    private static String about(Sentence one, Sentence other) {
        var shared = new LinkedHashSet<>(one.run().words());
        shared.retainAll(other.run().words());
        return Sentence.shortened(shared.stream().collect(Collectors.joining(" ")), LONGEST_ABOUT);
    }
}
