package dev.brigade.worker.llama.engine;

import dev.brigade.worker.llama.wire.Report;
import dev.brigade.worker.llama.wire.ReportChannel;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes reports whole, one after the other, from any thread. */
final class Reporter {

    private final DataOutputStream out;

    Reporter(OutputStream out) {
        this.out = new DataOutputStream(out);
    }

    /** Sends the report; when nobody is left to read it, the process has no purpose and ends. */
    synchronized void report(Report report) {
        try {
            ReportChannel.write(out, report);
        } catch (IOException e) {
            Runtime.getRuntime().halt(4);
        }
    }
}
