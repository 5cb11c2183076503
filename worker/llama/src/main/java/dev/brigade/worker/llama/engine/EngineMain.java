package dev.brigade.worker.llama.engine;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Program of an engine process. Takes commands from standard input, reports on what was standard
 * output when it started, and ends when standard input closes, however the worker ended.
 */
public final class EngineMain {

    private EngineMain() {}

    public static void main(String[] arguments) {
        int exitCode = 0;
        try (DataInputStream commands =
                        new DataInputStream(
                                new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
                OutputStream reports = ReportStream.claim()) {
            new EngineHost(commands, new Reporter(reports)).run();
        } catch (IOException e) {
            System.err.println("engine: " + e);
            exitCode = 3;
        }
        // The native library keeps threads that never end; only a halt ends the process for sure.
        Runtime.getRuntime().halt(exitCode);
    }
}
