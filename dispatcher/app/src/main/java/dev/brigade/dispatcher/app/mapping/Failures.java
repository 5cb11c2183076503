package dev.brigade.dispatcher.app.mapping;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.schema.ReplyError;
import java.util.Optional;

/** Why there is no answer, between the contract and the core. */
final class Failures {

    private Failures() {}

    static ReplyError write(Failure failure) {
        String code = failure.code().wireName();
        return new ReplyError(
                code,
                failure.message(),
                failure.param().orElse(null),
                ErrorCode.ofWireName(code).map(ErrorCode::retriable).orElse(false));
    }

    static Failure read(ReplyError error) {
        return new Failure(
                code(error.getCode()), error.getMessage(), Optional.ofNullable(error.getParam()));
    }

    /** A newer worker's code that this dispatcher does not know is still an engine's failure. */
    static Code code(String wireName) {
        return Code.of(wireName).orElse(Code.ENGINE_ERROR);
    }
}
