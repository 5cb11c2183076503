package dev.brigade.bench.evaluation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON line for every question and contestant, written as soon as it is known. Answers are in the
 * form in which they were compared.
 */
final class ResultsFile implements AutoCloseable {

    private final BufferedWriter writer;

    private ResultsFile(BufferedWriter writer) {
        this.writer = writer;
    }

    /** A new file in the place of one that is there. */
    static ResultsFile create(Path file) throws IOException {
        return new ResultsFile(Files.newBufferedWriter(file));
    }

    synchronized void add(Comparison comparison) {
        try {
            for (Contestant contestant : Contestant.values()) {
                writer.write(line(comparison, contestant));
                writer.newLine();
            }
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the results cannot be written", e);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static String line(Comparison comparison, Contestant contestant) {
        Outcome outcome = comparison.of(contestant);
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("id", comparison.question().id());
        line.put("group", comparison.question().group());
        line.put("contestant", contestant.wireName());
        line.put("right", outcome.right());
        line.put("wanted", comparison.question().answer());
        line.put("answer", outcome.answer().orElse(null));
        line.put("calls", outcome.calls());
        line.put("prompt_tokens", outcome.promptTokens());
        line.put("completion_tokens", outcome.completionTokens());
        line.put("ms", outcome.millis());
        line.put("failure", outcome.failure().orElse(null));
        return JsonMapper.shared().writeValueAsString(line);
    }
}
