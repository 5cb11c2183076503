package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.RequestId;
import dev.brigade.contract.request.Violation;

/** Refuses what nothing is sent for. */
final class Refusal {

    private Refusal() {}

    static BrigadeException of(ErrorCode code, String param, String rule) {
        return of(new Violation(code, param, param + " " + rule));
    }

    static BrigadeException of(Violation violation) {
        return new BrigadeException(
                new Failure(
                        null,
                        violation.code(),
                        violation.message(),
                        violation.param(),
                        false,
                        true,
                        null));
    }

    static void unlessUsable(String requestId) {
        if (!RequestId.isUsable(requestId)) {
            throw of(ErrorCode.INVALID_REQUEST, "request_id", "must be 1 to 200 characters");
        }
    }

    static void ifNegative(String param, long value) {
        if (value < 0) {
            throw of(ErrorCode.INVALID_REQUEST, param, "must be 0 or more");
        }
    }
}
