package dev.brigade.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in the README compiles. */
class ReadmeTest {

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    /** What the examples take as given. */
    private static final String AROUND =
            """
            package readme;
            import dev.brigade.client.*;
            import dev.brigade.schema.*;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.List;
            class Example%d {
                interface Orders { boolean revoke(String requestId, String stage); }
                interface Console { void append(String stage, String text); void clear(String stage); }
                void example(
                        BrigadeClient %s, String id, TextDelta delta, StreamListener listener,
                        Orders orders, Console console, Path file, byte[] bytes, int part,
                        BatchListener results, List<ImageResult> keep) throws Exception {
            %s
                }
            }
            """;

    @TempDir Path classes;

    @Test
    void everyExampleCompiles() throws IOException {
        List<JavaFileObject> examples = new ArrayList<>();
        Matcher blocks = JAVA.matcher(Files.readString(Path.of("README.md")));
        while (blocks.find()) {
            examples.add(example(examples.size(), blocks.group(1)));
        }
        assertThat(examples).hasSizeGreaterThanOrEqualTo(6);

        StringWriter errors = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled =
                compiler.getTask(
                                errors,
                                null,
                                null,
                                List.of("-proc:none", "-d", classes.toString()),
                                null,
                                examples)
                        .call();

        assertThat(compiled).as(errors.toString()).isTrue();
    }

    private static JavaFileObject example(int number, String code) {
        // The first opens a client of its own.
        String client = code.contains("BrigadeClient brigade") ? "other" : "brigade";
        String whole = AROUND.formatted(number, client, code);
        return new SimpleJavaFileObject(
                URI.create("string:///readme/Example" + number + ".java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return whole;
            }
        };
    }
}
