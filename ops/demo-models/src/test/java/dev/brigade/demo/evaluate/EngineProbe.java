package dev.brigade.demo.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the real engine in a JVM of its own, since it may end the process and never lets one exit by
 * itself.
 */
public final class EngineProbe {

    private static final long LIMIT_S = 60;

    private EngineProbe() {}

    /** Answers of a model to single questions, each cut after {@code maxTokens}. */
    public static List<String> answers(Path model, int maxTokens, List<String> questions)
            throws IOException, InterruptedException {
        return run("answers", model, maxTokens, questions);
    }

    /** The pieces in which the answer to a question comes. */
    public static List<String> pieces(Path model, int maxTokens, String question)
            throws IOException, InterruptedException {
        return run("pieces", model, maxTokens, List.of(question));
    }

    /** For every text the engine's token ids, separated by blanks. */
    public static List<String> tokens(Path model, List<String> texts)
            throws IOException, InterruptedException {
        return run("tokens", model, 0, texts);
    }

    private static List<String> run(String what, Path model, int maxTokens, List<String> texts)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                EngineProbe.class.getName(),
                                what,
                                model.toString(),
                                Integer.toString(maxTokens))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var writer = process.outputWriter(UTF_8)) {
            for (String text : texts) {
                writer.write(encoded(text) + "\n");
            }
        }
        List<String> lines = process.inputReader(UTF_8).lines().toList();
        if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("engine did not end");
        }
        if (process.exitValue() != 0) {
            throw new IOException("engine ended with " + process.exitValue());
        }
        return lines.stream()
                .filter(line -> line.startsWith("="))
                .map(line -> new String(Base64.getDecoder().decode(line.substring(1)), UTF_8))
                .toList();
    }

    public static void main(String[] args) throws IOException {
        Engine engine = Engine.load(Path.of(args[1]), 1024);
        int maxTokens = Integer.parseInt(args[2]);
        List<String> out = new ArrayList<>();
        for (String line : new String(System.in.readAllBytes(), UTF_8).lines().toList()) {
            String text = new String(Base64.getDecoder().decode(line), UTF_8);
            switch (args[0]) {
                case "answers" -> out.add(engine.answer(List.of(Turn.user(text)), maxTokens));
                case "pieces" ->
                        out.addAll(
                                engine.pieces(engine.prompt(List.of(Turn.user(text))), maxTokens));
                default ->
                        out.add(
                                String.join(
                                        " ",
                                        engine.tokens(text).stream()
                                                .map(String::valueOf)
                                                .toList()));
            }
        }
        out.forEach(text -> System.out.println("=" + encoded(text)));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
