package dev.brigade.bench.generation;

import java.util.Locale;

/**
 * What one request asks for. Every way gets the same prompts in the same order, each of the same
 * length and none twice, so that no engine can answer from what it has computed before.
 */
record Prompt(String text, int maxTokens) {

    static Prompt numbered(int number, int maxTokens) {
        return new Prompt(String.format(Locale.ROOT, "Tell %08d", number), maxTokens);
    }
}
