package dev.brigade.rest.batches;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.schema.BatchJobError;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InputCheckTest {

    private static final String URL = "/v1/chat/completions";
    private static final int LONGEST_LINE = 4096;

    @Test
    void aFileOfGoodLinesIsCountedAndItsModelIsKnown() {
        InputCheck.Found found = check("\n" + line("a") + "\r\n  \n" + line("b"));
        assertThat(found.errors()).isEmpty();
        assertThat(found.total()).isEqualTo(2);
        assertThat(found.model()).contains("tiny");
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                bad("", "empty_file", null, null),
                bad("\n \n", "empty_file", null, null),
                bad("{\"custom_id\":", "invalid_json_line", 1, null),
                bad(line("a") + "\n[]", "invalid_json_line", 2, null),
                bad("\n\nnot JSON\n", "invalid_json_line", 3, null),
                bad(line("a") + "\n\n" + line("a"), "duplicate_custom_id", 3, "custom_id"),
                bad(line(" "), "invalid_custom_id", 1, "custom_id"),
                bad(line("x".repeat(513)), "invalid_custom_id", 1, "custom_id"),
                bad(line("a").replace("\"a\"", "5"), "invalid_request", 1, "custom_id"),
                bad(line("a").replace("custom_id", "id"), "invalid_request", 1, "custom_id"),
                bad(line("a").replace("POST", "GET"), "invalid_method", 1, "method"),
                bad(line("a").replace(URL, "/v1/embeddings"), "invalid_url", 1, "url"),
                bad(line("a").replace("\"url\"", "\"uri\""), "invalid_request", 1, "url"),
                bad(line("a").replace("\"body\"", "\"payload\""), "invalid_request", 1, "body"),
                bad(
                        line("a").replace("{\"model\"", "[{\"model\"") + "]",
                        "invalid_json_line",
                        1,
                        null),
                bad(line("a").replace("\"tiny\"", "7"), "invalid_request", 1, "model"),
                bad(
                        line("a") + "\n" + line("b").replace("tiny", "large"),
                        "model_mismatch",
                        2,
                        "body.model"),
                bad(line("a").replace("{\"c", "{\"x\":1,\"c"), "unsupported_field", 1, "x"),
                bad(line("a") + "\n" + "x".repeat(LONGEST_LINE + 1), "line_too_long", 2, null));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void aBadFileIsRefusedByTheNumberOfItsLine(
            String file, String code, @Nullable Integer line, @Nullable String param) {
        List<BatchJobError> errors = check(file).errors();
        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().getCode()).isEqualTo(code);
        assertThat(errors.getFirst().getLine()).isEqualTo(line);
        assertThat(errors.getFirst().getParam()).isEqualTo(param);
        assertThat(errors.getFirst().getMessage()).isNotBlank();
    }

    @Test
    void everyBadLineIsToldUpToAHundred() {
        assertThat(check("x\ny\n" + line("a") + "\nz").errors()).hasSize(3);
        assertThat(check("x\n".repeat(5000)).errors()).hasSize(100);
    }

    @Test
    void fiftyThousandLinesAreReadOneByOneAndOneMoreIsRefused() {
        InputCheck.Found found = check(new Lines(50_000, i -> line("id-" + i)));
        assertThat(found.errors()).isEmpty();
        assertThat(found.total()).isEqualTo(50_000);

        List<BatchJobError> errors = check(new Lines(50_001, i -> line("id-" + i))).errors();
        assertThat(errors).extracting(BatchJobError::getCode).containsExactly("too_many_lines");
    }

    private static InputCheck.Found check(String file) {
        return check(new ByteArrayInputStream(file.getBytes(UTF_8)));
    }

    private static InputCheck.Found check(InputStream file) {
        try (InputLines lines = new InputLines(file, LONGEST_LINE)) {
            return InputCheck.read(lines, URL, () -> true);
        }
    }

    private static String line(String id) {
        return """
        {"custom_id":"%s","method":"POST","url":"%s",\
        "body":{"model":"tiny","messages":[{"role":"user","content":"hello"}]}}\
        """
                .formatted(id, URL);
    }

    private static Arguments bad(
            String file, String code, @Nullable Integer line, @Nullable String param) {
        return Arguments.of(file, code, line, param);
    }

    /** Lines made one at a time. */
    private static final class Lines extends InputStream {

        private final Iterator<String> lines;
        private InputStream line = InputStream.nullInputStream();

        Lines(int count, IntFunction<String> each) {
            this.lines = IntStream.range(0, count).mapToObj(each).iterator();
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws java.io.IOException {
            int read = line.read(into, offset, length);
            while (read < 0 && lines.hasNext()) {
                line = new ByteArrayInputStream((lines.next() + "\n").getBytes(UTF_8));
                read = line.read(into, offset, length);
            }
            return read;
        }
    }
}
