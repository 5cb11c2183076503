package dev.brigade.dispatcher.request;

import java.util.Optional;

/**
 * One message of a chat.
 *
 * @param role system, user, assistant, developer or tool
 * @param name of the participant, where the application gives one
 */
public record Message(String role, String content, Optional<String> name) {

    public static Message of(String role, String content) {
        return new Message(role, content, Optional.empty());
    }
}
