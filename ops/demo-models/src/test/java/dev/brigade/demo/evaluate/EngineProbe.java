package dev.brigade.demo.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the real engine in a JVM of its own, since it may end the process and never lets one exit by
 * itself. One may serve a whole test class: each model is loaded once and stays.
 *
 * <p>A line to the process is a question: what, model, tokens and texts, separated by blanks, paths
 * and texts in Base64. Its answer is a line for each result, then an empty one.
 */
public final class EngineProbe implements AutoCloseable {

    private static final long LIMIT_S = 60;
    private static final String RESULT = "=";

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private EngineProbe(Process process) {
        this.process = process;
        this.questions = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
    }

    /** Starts the process. */
    public static EngineProbe start() throws IOException {
        return new EngineProbe(
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                EngineProbe.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /** Answers of a model to single questions, each cut after {@code maxTokens}. */
    public List<String> answers(Path model, int maxTokens, List<String> questions)
            throws IOException, InterruptedException {
        return ask("answers", model, maxTokens, questions);
    }

    /** The pieces in which the answer to a question comes. */
    public List<String> pieces(Path model, int maxTokens, String question)
            throws IOException, InterruptedException {
        return ask("pieces", model, maxTokens, List.of(question));
    }

    /** For every text the engine's token ids, separated by blanks. */
    public List<String> tokens(Path model, List<String> texts)
            throws IOException, InterruptedException {
        return ask("tokens", model, 0, texts);
    }

    private List<String> ask(String what, Path model, int maxTokens, List<String> texts)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.addAll(List.of(what, encoded(model.toString()), Integer.toString(maxTokens)));
        texts.forEach(text -> words.add(RESULT + encoded(text)));
        questions.write(String.join(" ", words) + "\n");
        questions.flush();
        try {
            return CompletableFuture.supplyAsync(this::results).get(LIMIT_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("the engine has no answer", e);
        }
    }

    private List<String> results() {
        List<String> results = new ArrayList<>();
        try {
            for (String line = line(); !line.isEmpty(); line = line()) {
                // What the engine itself prints is none.
                if (line.startsWith(RESULT)) {
                    results.add(decoded(line.substring(1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return results;
    }

    private String line() throws IOException {
        @Nullable String line = answers.readLine();
        if (line == null) {
            throw new IOException("the engine's process has ended");
        }
        return line;
    }

    /** Ends the process. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] args) throws IOException {
        Map<Path, Engine> engines = new HashMap<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        // At the end of the input its starter is gone.
        for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
            List<String> words = List.of(line.split(" ", -1));
            Path model = Path.of(decoded(words.get(1)));
            if (!engines.containsKey(model)) {
                engines.put(model, Engine.load(model, 1024));
            }
            Engine engine = engines.get(model);
            int maxTokens = Integer.parseInt(words.get(2));
            for (String word : words.subList(3, words.size())) {
                results(engine, words.getFirst(), maxTokens, decoded(word.substring(1)))
                        .forEach(result -> System.out.println(RESULT + encoded(result)));
            }
            System.out.println();
            System.out.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    private static List<String> results(Engine engine, String what, int maxTokens, String text) {
        return switch (what) {
            case "answers" -> List.of(engine.answer(List.of(Turn.user(text)), maxTokens));
            case "pieces" -> engine.pieces(engine.prompt(List.of(Turn.user(text))), maxTokens);
            default ->
                    List.of(
                            String.join(
                                    " ",
                                    engine.tokens(text).stream().map(String::valueOf).toList()));
        };
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), UTF_8);
    }
}
