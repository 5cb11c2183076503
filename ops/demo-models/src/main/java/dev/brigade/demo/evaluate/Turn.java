package dev.brigade.demo.evaluate;

/**
 * One message of a conversation.
 *
 * @param role {@code system}, {@code user} or {@code assistant}
 */
public record Turn(String role, String content) {

    /** What the person says. */
    public static Turn user(String content) {
        return new Turn("user", content);
    }
}
