package dev.brigade.demo.corpus;

/**
 * What conversations are mixed of, each number a share between 0 and 1. Pairs of the corpus are
 * asked where neither a sum nor an unknown question is.
 *
 * @param sums questions that are sums
 * @param unknown questions to decline
 * @param withInstruction conversations with a system message
 * @param withEarlierTurn conversations with an earlier turn; of these, the same share has another
 * @param bare conversations without template
 */
public record Mixture(
        double sums, double unknown, double withInstruction, double withEarlierTurn, double bare) {

    /** Mostly single questions about the corpus. */
    public static final Mixture USUAL = new Mixture(0.14, 0.20, 0.25, 0.2, 0.06);
}
