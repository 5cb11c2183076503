package dev.brigade.worker.llama.engine;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.llama.wire.Command;
import dev.brigade.worker.llama.wire.CommandChannel;
import dev.brigade.worker.llama.wire.Report;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads commands on the main thread and does nothing there that could block: a ping is answered
 * while the model loads and while every slot generates.
 */
final class EngineHost {

    private final DataInputStream in;
    private final Reporter reporter;
    private volatile @Nullable Slots slots;
    private boolean loading;

    EngineHost(DataInputStream in, Reporter reporter) {
        this.in = in;
        this.reporter = reporter;
    }

    /** Serves until the commands end. */
    void run() throws IOException {
        Optional<Command> next = CommandChannel.read(in);
        while (next.isPresent()) {
            handle(next.get());
            next = CommandChannel.read(in);
        }
    }

    private void handle(Command command) {
        switch (command) {
            case Command.Load load -> startLoad(load);
            case Command.Generate generate -> start(generate);
            case Command.Cancel(int id) -> cancel(id);
            case Command.Ping(long number) -> reporter.report(new Report.Pong(number));
        }
    }

    /**
     * Loads on a thread that then ends: the native thread pool that the load leaves behind belongs
     * to it, and would otherwise compete with the one that generates (half the speed).
     */
    private void startLoad(Command.Load load) {
        if (loading) {
            reporter.report(new Report.LoadFailed("the engine has a model already"));
            return;
        }
        loading = true;
        Thread.ofPlatform().name("load").start(() -> load(load));
    }

    private void load(Command.Load load) {
        try {
            NativeModel model = NativeModel.load(load, stage -> reporter.report(stage));
            slots = new Slots(model, load.slots(), load.contextLength(), reporter);
            reporter.report(new Report.Loaded(model.spellsJson()));
        } catch (ModelLoadException e) {
            String message = e.getMessage();
            reporter.report(new Report.LoadFailed(message == null ? "unknown" : message));
            Runtime.getRuntime().halt(1);
        }
    }

    private void start(Command.Generate generate) {
        Slots ready = slots;
        if (ready == null || !ready.start(generate)) {
            reporter.report(
                    new Report.Failed(
                            generate.id(),
                            ErrorCode.ENGINE_ERROR.wireName(),
                            "the engine has no free slot"));
        }
    }

    private void cancel(int id) {
        Slots ready = slots;
        if (ready != null) {
            ready.cancel(id);
        }
    }
}
