package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;

/** Completed answers that lack what they are for: a bug, or a newer version, of the other side. */
final class Outputs {

    private Outputs() {}

    static BrigadeException without(Answer answer, String what) {
        return new BrigadeException(
                Failure.told(
                        answer.reply(),
                        ErrorCode.INTERNAL_ERROR,
                        "the answer holds no " + what,
                        null,
                        true));
    }
}
