package dev.brigade.standalone;

import dev.brigade.client.ParticipantSettings;
import dev.brigade.config.ParentWatch;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.SchemaRegistry;
import dev.brigade.standalone.ask.AskCommand;
import dev.brigade.standalone.ask.Notes;
import dev.brigade.standalone.ask.Question;
import dev.brigade.standalone.classify.ClassifyArguments;
import dev.brigade.standalone.classify.ClassifyCommand;
import dev.brigade.standalone.control.DownCommand;
import dev.brigade.standalone.control.StatusCommand;
import dev.brigade.standalone.participant.ExampleParticipant;
import dev.brigade.standalone.participant.ParticipantArguments;
import dev.brigade.standalone.saga.SagaCommand;
import dev.brigade.standalone.settings.SettingsException;
import dev.brigade.standalone.settings.StandaloneSettings;
import dev.brigade.standalone.up.UpCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/**
 * The program behind {@code ops/brigade}. Arguments: a command ({@code up}, {@code down}, {@code
 * status}, {@code ask}, {@code classify}, {@code saga}, {@code participant}) and what belongs to
 * it. The system property {@code brigade.root} names the checkout; everything else is set by
 * environment variables.
 */
public final class StandaloneMain {

    private static final int USAGE = 2;
    private static final String LOGGING = "dev/brigade/standalone/logback-standalone.xml";

    private StandaloneMain() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) throws Exception {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", LOGGING);
        }
        ParentWatch.startIfAsked();
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> args) throws Exception {
        if (args.isEmpty()) {
            complain("a command is missing: up, down, status, ask, classify, saga or participant");
            return USAGE;
        }
        try {
            Path root = Path.of(System.getProperty("brigade.root", "")).toAbsolutePath();
            StandaloneSettings settings = StandaloneSettings.read(root, System.getenv());
            return command(args.getFirst(), args.subList(1, args.size()), settings);
        } catch (SettingsException | IllegalArgumentException e) {
            complain(String.valueOf(e.getMessage()));
            return USAGE;
        }
    }

    private static int command(String name, List<String> rest, StandaloneSettings settings)
            throws Exception {
        return switch (name) {
            case "up" ->
                    new UpCommand(settings, StandaloneMain::tell, StandaloneMain::complain)
                            .run(fresh(rest));
            case "down" -> new DownCommand(settings.home(), StandaloneMain::tell).run();
            case "status" -> new StatusCommand(settings.home(), StandaloneMain::tell).run();
            case "ask" -> ask(Question.parse(rest), settings);
            case "classify" -> classify(ClassifyArguments.parse(rest), settings);
            case "saga" -> saga(rest, settings);
            case "participant" ->
                    participant(ParticipantArguments.parse(rest, settings.home()), settings);
            default -> throw new IllegalArgumentException("there is no command " + name);
        };
    }

    private static boolean fresh(List<String> options) {
        if (!options.isEmpty() && !options.equals(List.of("--fresh"))) {
            throw new IllegalArgumentException("up has no option " + String.join(" ", options));
        }
        return !options.isEmpty();
    }

    private static int ask(Question question, StandaloneSettings settings)
            throws InterruptedException {
        Notes notes =
                new Notes(
                        new PrintStream(System.err, true, StandardCharsets.UTF_8),
                        Boolean.getBoolean("brigade.terminal"));
        return new AskCommand(settings.restUrl(), utf8(), notes, StandaloneMain::complain)
                .run(question);
    }

    private static int classify(ClassifyArguments arguments, StandaloneSettings settings)
            throws InterruptedException {
        return new ClassifyCommand(
                        settings,
                        utf8(),
                        new PrintStream(System.err, true, StandardCharsets.UTF_8),
                        Boolean.getBoolean("brigade.terminal"),
                        StandaloneMain::complain)
                .run(arguments);
    }

    private static int saga(List<String> rest, StandaloneSettings settings)
            throws InterruptedException {
        SchemaRegistry registry = SchemaRegistry.of(settings.schemaRegistry());
        return new SagaCommand(
                        settings.bootstrapServers(),
                        new AvroWire(registry),
                        utf8(),
                        StandaloneMain::complain)
                .run(rest);
    }

    private static int participant(ParticipantArguments arguments, StandaloneSettings settings)
            throws InterruptedException {
        ParticipantSettings kafka =
                ParticipantSettings.builder(
                                settings.bootstrapServers(), arguments.topic(), arguments.group())
                        .schemaRegistryUrl(settings.schemaRegistry().orElse(null))
                        .build();
        try {
            return ExampleParticipant.run(arguments, kafka, StandaloneMain::tell);
        } catch (IOException | KafkaException e) {
            complain(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    /** Answers are UTF-8 whatever the locale of the terminal's environment says. */
    private static PrintStream utf8() {
        return new PrintStream(System.out, true, StandardCharsets.UTF_8);
    }

    private static void tell(String line) {
        System.out.println(line);
    }

    private static void complain(String line) {
        System.err.println("brigade: " + line);
    }
}
