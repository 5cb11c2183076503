package dev.brigade.worker.remote;

import dev.brigade.contract.error.ErrorCode;

/** A call of the server that has no result; its message holds nothing that the server said. */
final class CallFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why there is none. */
    enum Kind {
        /** No connection could be made. */
        UNREACHABLE,
        /** The connection broke, or nothing more came. */
        BROKEN,
        /** The server said no, or what nobody can read. */
        ANSWERED,
        /** The caller's time was over. */
        LATE
    }

    private final ErrorCode code;
    private final Kind kind;

    CallFailure(Kind kind, ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
        this.kind = kind;
    }

    /** An answer that is not as OpenAI's API says. */
    static CallFailure malformed(String what) {
        return new CallFailure(
                Kind.ANSWERED, ErrorCode.ENGINE_ERROR, "the model's server answered " + what);
    }

    static CallFailure broken(String what) {
        return new CallFailure(Kind.BROKEN, ErrorCode.ENGINE_ERROR, "the model's server " + what);
    }

    static CallFailure late() {
        return new CallFailure(
                Kind.LATE, ErrorCode.DEADLINE_EXCEEDED, "the time ran out at the model's server");
    }

    ErrorCode code() {
        return code;
    }

    Kind kind() {
        return kind;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
