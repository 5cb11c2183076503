package dev.brigade.worker.llama;

import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.llama.Answer.Ask;
import java.nio.file.Path;

/** A worker process with one model and an endless request: prints the engine's process id. */
final class TestingWorker {

    private TestingWorker() {}

    public static void main(String[] arguments) throws Exception {
        LlamaModel model = TestingModels.load(TestingModels.spec(Path.of(arguments[0]), 4096, 1));
        System.out.println(model.engine().orElseThrow().pid());
        while (model.engine().isPresent()) {
            Answer.of(model, Ask.raw("p"), new Cancellation(), Answer.LONG, (text, n) -> true);
        }
    }
}
