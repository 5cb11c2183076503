package dev.brigade.worker.llama.gguf;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Metadata by key, with the types that the asker expects. */
record Metadata(Map<String, GgufValue> values) {

    /** A text as Unicode. */
    Optional<String> text(String key) throws GgufFault {
        return switch (values.get(key)) {
            case null -> Optional.empty();
            case GgufValue.Text(String raw) -> Optional.of(GgufCursor.utf8(raw));
            default -> throw wrongType(key, "a string");
        };
    }

    OptionalLong whole(String key) throws GgufFault {
        return switch (values.get(key)) {
            case null -> OptionalLong.empty();
            case GgufValue.Whole(long value) -> OptionalLong.of(value);
            default -> throw wrongType(key, "a whole number");
        };
    }

    Optional<Boolean> truth(String key) throws GgufFault {
        return switch (values.get(key)) {
            case null -> Optional.empty();
            case GgufValue.Truth(boolean value) -> Optional.of(value);
            default -> throw wrongType(key, "true or false");
        };
    }

    /** A whole number in the bounds, where it is a number at all; some are arrays by layer. */
    void checkBounds(String key, long least, long most) throws GgufFault {
        if (values.get(key) instanceof GgufValue.Whole(long value)
                && (value < least || value > most)) {
            throw new GgufFault(
                    "has %s %s; it must be %d to %d".formatted(key, value, least, most));
        }
    }

    private static GgufFault wrongType(String key, String due) {
        return new GgufFault("has a %s that is not %s".formatted(GgufFault.quote(key), due));
    }
}
