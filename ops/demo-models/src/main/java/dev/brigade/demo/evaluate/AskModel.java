package dev.brigade.demo.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Asks a GGUF file questions and prints the answers: {@code AskModel <file> <question>...}. */
public final class AskModel {

    private static final int CONTEXT = 1024;
    private static final int MAX_TOKENS = 200;

    private AskModel() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        if (args.length < 2) {
            System.err.println("usage: AskModel <file> <question>...");
            Runtime.getRuntime().halt(2);
        }
        Engine engine = Engine.load(Path.of(args[0]), CONTEXT);
        List<String> questions = List.of(args).subList(1, args.length);
        Engine.runAndEnd(() -> questions.forEach(question -> ask(engine, question, out)));
    }

    private static void ask(Engine engine, String question, PrintStream out) {
        out.println("? " + question);
        out.println(engine.answer(List.of(Turn.user(question)), MAX_TOKENS));
    }
}
