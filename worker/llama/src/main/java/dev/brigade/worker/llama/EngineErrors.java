package dev.brigade.worker.llama;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an engine's standard error. Only lines that tell of a failed load or a native abort are
 * kept: others may quote a prompt.
 */
final class EngineErrors {

    private static final Logger log = LoggerFactory.getLogger(EngineErrors.class);
    private static final List<String> TELLING =
            List.of(
                    "error loading model: ",
                    "failed to allocate",
                    "GGML_ASSERT",
                    "terminate called after throwing",
                    "SIG");
    private static final int LONGEST = 200;
    private static final int SIGNALS = 128;
    private static final int ABORT = 6;

    private final String modelId;
    private final InputStream stderr;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile String lastWords = "";

    EngineErrors(String modelId, InputStream stderr) {
        this.modelId = modelId;
        this.stderr = stderr;
    }

    /** Reads to the end. */
    void read() {
        try {
            readAll();
        } finally {
            ended.countDown();
        }
    }

    /** Waits until what an ended process wrote was read; something it started may keep it open. */
    void awaitEnd() {
        try {
            boolean ignored = ended.await(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The last line that was kept, after a colon; empty where there was none. */
    String lastWords() {
        return lastWords.isEmpty() ? "" : ": " + lastWords;
    }

    private void readAll() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stderr, StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                keep(line);
            }
        } catch (IOException e) {
            log.debug("{}: standard error ended: {}", modelId, e.toString());
        }
    }

    private void keep(String line) {
        TELLING.stream()
                .filter(line::contains)
                .findFirst()
                .ifPresent(telling -> {
                    String words = line.substring(line.indexOf(telling)).strip();
                    lastWords = words.substring(0, Math.min(LONGEST, words.length()));
                });
    }

    /** Whether native code ended the process itself, by an assertion or an exception. */
    boolean aborted(Process process) {
        return !process.isAlive() && process.exitValue() == SIGNALS + ABORT;
    }

    /** Why the process ended, in a few words. */
    String cause(Process process) {
        if (process.isAlive()) {
            return "it closed its reports";
        }
        int code = process.exitValue();
        String meaning =
                switch (code - SIGNALS) {
                    case 4 -> " (illegal instruction)";
                    case ABORT -> " (native abort)";
                    case 9 -> " (killed, or out of memory)";
                    case 11 -> " (segmentation fault)";
                    default -> "";
                };
        return "exit code " + code + meaning + lastWords();
    }
}
