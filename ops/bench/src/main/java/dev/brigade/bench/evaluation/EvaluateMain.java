package dev.brigade.bench.evaluation;

import dev.brigade.bench.Machine;
import dev.brigade.bench.TimeLimit;
import dev.brigade.bench.evaluation.questions.GeneratedSet;
import dev.brigade.bench.evaluation.questions.Question;
import dev.brigade.bench.evaluation.questions.QuestionFile;
import dev.brigade.bench.programs.BenchFolder;
import dev.brigade.bench.programs.BenchSystem;
import dev.brigade.bench.programs.RunningProgram;
import dev.brigade.client.BrigadeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program behind {@code ops/bench/evaluate}. Findings go to standard output as Markdown,
 * progress to standard error. The system property {@code brigade.root} names the checkout.
 */
public final class EvaluateMain {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int GENERATED = 120;

    /** What the questions that are open at the limit may take, beside one request's deadline. */
    private static final Duration AFTER_LIMIT = Duration.ofMinutes(10);

    private EvaluateMain() {}

    /** Runs what the arguments ask for and ends the process with an exit code. */
    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "dev/brigade/bench/logback-bench.xml");
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> arguments) {
        if (arguments.contains("--help")) {
            System.out.print(EvaluationOptions.USAGE);
            return 0;
        }
        EvaluationOptions options;
        List<Question> questions;
        try {
            options = EvaluationOptions.parse(arguments);
            questions = questions(options);
        } catch (IllegalArgumentException e) {
            tell("%s; --help lists the options".formatted(e.getMessage()));
            return USAGE;
        } catch (IOException e) {
            tell("the questions cannot be read: " + e);
            return USAGE;
        }
        Duration whole = options.limit().plus(options.deadline()).plus(AFTER_LIMIT);
        TimeLimit.endAfter(whole, EvaluateMain::tell);
        return run(
                new Session(options, questions, System.out::println, EvaluateMain::tell), options);
    }

    private static int run(Session session, EvaluationOptions options) {
        Machine.describe().forEach(System.out::println);
        System.out.println();
        try {
            runOn(options.server(), session);
            return 0;
        } catch (EvaluationException | BrigadeException e) {
            tell("%s".formatted(e.getMessage()));
            return FAILED;
        } catch (Exception e) {
            tell("failed");
            e.printStackTrace();
            return FAILED;
        }
    }

    private static List<Question> questions(EvaluationOptions options) throws IOException {
        if (options.set().isEmpty()) {
            return GeneratedSet.of(options.seed(), options.questions().orElse(GENERATED));
        }
        List<Question> all = QuestionFile.read(options.set().get());
        return all.subList(0, Math.min(all.size(), options.questions().orElse(all.size())));
    }

    private static void runOn(Optional<String> server, Session session)
            throws IOException, InterruptedException {
        if (server.isPresent()) {
            session.run(server.get());
            return;
        }
        Path root = Path.of(System.getProperty("brigade.root", "")).toAbsolutePath().normalize();
        BenchFolder folder = BenchFolder.create(root);
        try (BenchSystem system = BenchSystem.start(folder, "evaluation")) {
            system.configure(
                    folder(root, "INFERENCE_CONFIG_DIR", "config"),
                    folder(root, "INFERENCE_MODELS_DIR", "ops/demo-models/models"));
            tell("starting dispatcher and worker");
            RunningProgram dispatcher = system.dispatcher(Map.of());
            RunningProgram worker = system.worker();
            dispatcher.awaitReady();
            worker.awaitReady();
            session.run(system.bootstrapServers());
        }
        // What a failed run has written stays, for the logs in it.
        folder.delete();
    }

    private static Path folder(Path root, String variable, String otherwise) {
        return root.resolve(
                Optional.ofNullable(System.getenv(variable))
                        .filter(value -> !value.isBlank())
                        .orElse(otherwise));
    }

    private static void tell(String line) {
        System.err.println("evaluate: " + line);
    }
}
