package dev.brigade.demo.evaluate;

import java.util.List;

/** A conversation that ends with a question, and the answer that counts as right. */
record Question(List<Turn> turns, String expected) {

    Question {
        turns = List.copyOf(turns);
    }

    static Question of(String text, String expected) {
        return new Question(List.of(Turn.user(text)), expected);
    }

    String asked() {
        return turns.getLast().content();
    }
}
