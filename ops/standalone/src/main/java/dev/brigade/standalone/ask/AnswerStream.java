package dev.brigade.standalone.ask;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One streamed answer, shown while it comes. */
final class AnswerStream {

    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";

    private final PrintStream out;
    private final Notes notes;
    private @Nullable Summary summary;

    AnswerStream(PrintStream out, Notes notes) {
        this.out = out;
        this.notes = notes;
    }

    /** Shows it to its end; says why it is not whole, if it is not. */
    Optional<String> read(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null) {
            String data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
            if (data.equals(DONE)) {
                return Optional.empty();
            }
            Optional<String> failure = data.isEmpty() ? Optional.empty() : piece(data);
            if (failure.isPresent()) {
                return failure;
            }
            line = lines.readLine();
        }
        return Optional.of("the stream ended before the answer did");
    }

    /** How the answer came about, once it has. */
    Optional<Summary> summary() {
        return Optional.ofNullable(summary);
    }

    /** Shows what a piece adds; an error when it is one. */
    private Optional<String> piece(String data) {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(data);
        } catch (JacksonException e) {
            return Optional.of("the stream holds a line that is not JSON");
        }
        if (json.has("orchestration")) {
            summary = Summary.of(json.path("orchestration"));
        }
        if (json.has("error")) {
            notes.endDrafts();
            return Optional.of(json.path("error").path("message").asString("unknown error"));
        }
        if (json.has("stage")) {
            draft(json.path("stage"));
        }
        String text = json.path("choices").path(0).path("delta").path("content").asString("");
        if (!text.isEmpty()) {
            notes.endDrafts();
            out.print(text);
            out.flush();
        }
        return Optional.empty();
    }

    private void draft(JsonNode stage) {
        String name = stage.path("name").asString("");
        String model = stage.path("model").asString("");
        if (stage.path("retracted").asBoolean(false)) {
            notes.restart(name, model, "taken back");
        } else if (stage.path("reset").asBoolean(false)) {
            notes.restart(name, model, "begins again");
        } else {
            notes.draft(name, model, stage.path("delta").asString(""));
        }
    }
}
