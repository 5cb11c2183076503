package dev.brigade.contract.serde;

import dev.brigade.contract.error.ErrorCode;

/** Bytes that are no record of the contract. */
public final class UndecodableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public UndecodableException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /** {@code null_value}, {@code undecodable_record} or {@code unknown_schema}. */
    public ErrorCode code() {
        return code;
    }
}
