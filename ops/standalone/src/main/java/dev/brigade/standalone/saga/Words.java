package dev.brigade.standalone.saga;

import dev.brigade.schema.Usage;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the contract's values are written for people. */
final class Words {

    private Words() {}

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static Optional<Saga.Tokens> tokens(@Nullable Usage usage) {
        return Optional.ofNullable(usage)
                .map(u -> new Saga.Tokens(u.getPromptTokens(), u.getCompletionTokens()));
    }
}
