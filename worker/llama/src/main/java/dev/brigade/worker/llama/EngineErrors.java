package dev.brigade.worker.llama;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an engine's standard error. Only lines that tell of a native abort are kept: others may
 * quote a prompt.
 */
final class EngineErrors {

    private static final Logger log = LoggerFactory.getLogger(EngineErrors.class);
    private static final List<String> TELLING =
            List.of("GGML_ASSERT", "ggml_abort", "terminate called after throwing", "SIG");
    private static final int LONGEST = 200;
    private static final int SIGNALS = 128;

    private final String modelId;
    private final InputStream stderr;
    private volatile String lastWords = "";

    EngineErrors(String modelId, InputStream stderr) {
        this.modelId = modelId;
        this.stderr = stderr;
    }

    /** Reads to the end. */
    void read() {
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
        if (TELLING.stream().anyMatch(line::contains)) {
            lastWords = line.substring(0, Math.min(LONGEST, line.length())).strip();
        }
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
                    case 6 -> " (native abort)";
                    case 9 -> " (killed, or out of memory)";
                    case 11 -> " (segmentation fault)";
                    default -> "";
                };
        String words = lastWords;
        return "exit code " + code + meaning + (words.isEmpty() ? "" : ": " + words);
    }
}
