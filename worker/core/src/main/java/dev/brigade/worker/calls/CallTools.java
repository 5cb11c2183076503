package dev.brigade.worker.calls;

import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.worker.images.ImageDesk;

/**
 * What calls of all models share.
 *
 * @param desk where images come from
 * @param payloads where large results go
 */
public record CallTools(ImageDesk desk, PayloadStore payloads) {}
