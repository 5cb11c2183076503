package dev.brigade.worker.djl.batch;

import dev.brigade.worker.backend.Result;
import java.util.List;

/** Runs a model on several inputs at once; called by one thread only. */
@FunctionalInterface
public interface BatchRun<I, O> {

    /**
     * The results of the inputs, in their order.
     *
     * @throws Exception when the model cannot run these inputs together; each is then tried alone
     */
    List<Result<O>> run(List<I> inputs) throws Exception;
}
