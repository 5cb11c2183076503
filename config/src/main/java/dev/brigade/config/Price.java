package dev.brigade.config;

import dev.brigade.config.YamlNode.Properties;
import java.util.Set;

/**
 * What a model's tokens cost, in the currency of the installation per million tokens.
 *
 * @param prompt at least 0
 * @param completion at least 0
 */
public record Price(double prompt, double completion) {

    private static final double MOST = 1_000_000;
    private static final double TOKENS = 1_000_000;

    /** What a call costs. */
    public double of(long promptTokens, long completionTokens) {
        return (promptTokens * prompt + completionTokens * completion) / TOKENS;
    }

    static Price of(YamlNode node) {
        Properties in = Properties.of(node, Set.of("prompt", "completion"));
        return new Price(
                in.required("prompt").decimal(0, MOST), in.required("completion").decimal(0, MOST));
    }
}
