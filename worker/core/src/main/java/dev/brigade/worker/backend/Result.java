package dev.brigade.worker.backend;

import dev.brigade.contract.error.ErrorCode;
import java.util.function.Function;

/** How a call ended whose result comes whole. */
public sealed interface Result<T> {

    /** It has a result. */
    record Done<T>(T value) implements Result<T> {}

    /**
     * It has none.
     *
     * @param message one line for the application, without any of its content
     * @param crashed whether the engine ended while it worked on the call
     */
    record Failed<T>(ErrorCode code, String message, boolean crashed) implements Result<T> {}

    /** It was cancelled by its caller. */
    record Cancelled<T>() implements Result<T> {}

    static <T> Result<T> done(T value) {
        return new Done<>(value);
    }

    /** A failure that left the engine alive. */
    static <T> Result<T> failed(ErrorCode code, String message) {
        return new Failed<>(code, message, false);
    }

    static <T> Result<T> cancelled() {
        return new Cancelled<>();
    }

    /** The result of {@code next} where there is a value; else this failure or cancellation. */
    default <R> Result<R> then(Function<? super T, Result<R>> next) {
        return switch (this) {
            case Done<T>(T value) -> next.apply(value);
            case Failed<T>(ErrorCode code, String message, boolean crashed) ->
                    new Failed<>(code, message, crashed);
            case Cancelled<T>() -> new Cancelled<>();
        };
    }

    /** This with another value, where there is one. */
    default <R> Result<R> map(Function<? super T, R> change) {
        return then(value -> new Done<>(change.apply(value)));
    }
}
