package dev.brigade.rest.imagebatches;

import dev.brigade.client.BatchAnswer;
import dev.brigade.client.BatchHandle;
import dev.brigade.client.BatchListener;
import dev.brigade.client.BatchProgress;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.Failure;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.sse.EventQueue;
import dev.brigade.schema.ResultPart;
import org.jspecify.annotations.Nullable;

/** Puts what the client tells of a batch into the queue of a stream. */
record BatchEvents(EventQueue<BatchEvent> queue) implements BatchListener {

    @Override
    public void onProgress(BatchProgress progress) {
        queue.put(new BatchEvent.Progress(progress));
    }

    @Override
    public void onPart(ResultPart part) {
        queue.put(new BatchEvent.Part(part));
    }

    /**
     * Puts the batch's end behind all that it tells. The queue may be full, and the caller the one
     * who empties it, so another thread waits for room.
     */
    void endOf(BatchHandle handle) {
        var _ =
                handle.answer()
                        .whenCompleteAsync(
                                (answer, e) -> queue.put(end(handle, answer, e)),
                                task -> Thread.ofVirtual().name("batch-end").start(task));
    }

    private static BatchEvent end(
            BatchHandle handle, @Nullable BatchAnswer answer, @Nullable Throwable e) {
        if (answer != null) {
            return new BatchEvent.Done(answer);
        }
        return new BatchEvent.Failed(
                e instanceof BrigadeException known
                        ? known.failure()
                        : new Failure(
                                handle.requestId(),
                                ErrorCode.INTERNAL_ERROR,
                                "the batch could not be read",
                                null,
                                true,
                                false,
                                null));
    }
}
