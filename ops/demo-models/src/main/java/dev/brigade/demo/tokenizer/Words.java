package dev.brigade.demo.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a text into the words within which pairs are merged. This is the rule that llama.cpp knows
 * by the name {@link #NAME}: every digit is a word, and between digits GPT-2's rule holds.
 */
final class Words {

    static final String NAME = "smollm";

    private static final Pattern DIGIT = Pattern.compile("\\p{N}");
    private static final Pattern WORD =
            Pattern.compile(
                    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

    private Words() {}

    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        Matcher digits = DIGIT.matcher(text);
        int start = 0;
        while (digits.find()) {
            addBetweenDigits(text.substring(start, digits.start()), words);
            words.add(digits.group());
            start = digits.end();
        }
        addBetweenDigits(text.substring(start), words);
        return words;
    }

    private static void addBetweenDigits(String text, List<String> words) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
    }
}
