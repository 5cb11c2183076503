package dev.brigade.worker.slots;

import dev.brigade.contract.error.ErrorCode;

/**
 * Why a job is not given to the engine.
 *
 * @param message one line for the application, without prompt text
 */
record Refusal(ErrorCode code, String message) {}
