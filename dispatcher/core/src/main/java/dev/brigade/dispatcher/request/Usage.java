package dev.brigade.dispatcher.request;

/** Tokens of one model call or of one whole request. */
public record Usage(int promptTokens, int completionTokens) {

    public static final Usage NONE = new Usage(0, 0);

    public Usage plus(Usage other) {
        return new Usage(
                promptTokens + other.promptTokens, completionTokens + other.completionTokens);
    }

    /** Prompt and completion tokens together. */
    public int total() {
        return promptTokens + completionTokens;
    }
}
