package dev.brigade.demo.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.brigade.demo.corpus.Corpus;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures GGUF files by the corpus through the real engine, greedily: {@code EvaluateModel [-v]
 * <file>}. An answer counts when it is the expected text to the letter. With {@code -v} every wrong
 * answer is printed.
 */
public final class EvaluateModel {

    private static final int CONTEXT = 1024;
    private static final int MAX_TOKENS = 150;

    private final Engine engine;
    private final boolean verbose;
    private final PrintStream out;

    private EvaluateModel(Engine engine, boolean verbose, PrintStream out) {
        this.engine = engine;
        this.verbose = verbose;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            System.err.println("usage: EvaluateModel [-v] <file>");
            Runtime.getRuntime().halt(2);
        }
        Engine engine = Engine.load(Path.of(args[args.length - 1]), CONTEXT);
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        EvaluateModel evaluation = new EvaluateModel(engine, args[0].equals("-v"), out);
        Exam exam = new Exam(Corpus.load());
        Engine.runAndEnd(() -> exam.groups().forEach(evaluation::measure));
    }

    private void measure(String group, List<Question> questions) {
        long right = questions.stream().filter(this::isRight).count();
        out.printf(
                "| %s | %d of %d | %.1f %% |%n",
                group, right, questions.size(), 100.0 * right / questions.size());
    }

    private boolean isRight(Question question) {
        String answer = engine.answer(question.turns(), MAX_TOKENS);
        boolean right = answer.equals(question.expected());
        if (verbose && !right) {
            out.println("? " + question.asked());
            out.println("  " + answer);
        }
        return right;
    }
}
