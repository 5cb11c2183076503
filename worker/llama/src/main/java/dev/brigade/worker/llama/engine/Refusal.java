package dev.brigade.worker.llama.engine;

import dev.brigade.contract.error.ErrorCode;

/** A request that the engine must not see. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String reason;

    Refusal(ErrorCode code, String reason) {
        super(reason);
        this.code = code;
        this.reason = reason;
    }

    ErrorCode code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
