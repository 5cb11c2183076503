package dev.brigade.standalone.participant;

import dev.brigade.contract.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code participant} is asked to do.
 *
 * @param topic compensations are read from it
 * @param ledger file of what is undone
 */
public record ParticipantArguments(String topic, Path ledger, Trouble trouble) {

    private static final String TOPIC = "--topic";
    private static final String LEDGER = "--ledger";
    private static final String SILENT_FIRST = "--silent-first";
    private static final String SILENCE = "--silence";
    private static final String FAIL_FIRST = "--fail-first";
    private static final Set<String> OPTIONS =
            Set.of(TOPIC, LEDGER, SILENT_FIRST, SILENCE, FAIL_FIRST);

    /**
     * Reads the arguments behind {@code participant}.
     *
     * @param home data folder, where the ledger lies unless one is named
     * @throws IllegalArgumentException when they make no sense, saying why
     */
    public static ParticipantArguments parse(List<String> arguments, Path home) {
        Map<String, String> given = options(arguments);
        String topic = given.getOrDefault(TOPIC, "");
        if (topic.isEmpty()) {
            throw new IllegalArgumentException("participant needs --topic");
        }
        Topics.participants(topic, 1);
        return new ParticipantArguments(
                topic,
                Path.of(
                        given.getOrDefault(
                                LEDGER, home.resolve("participant-" + topic).toString())),
                new Trouble(
                        number(given, SILENT_FIRST, Trouble.NONE.silentFirst()),
                        Duration.ofMillis(
                                number(given, SILENCE, (int) Trouble.NONE.silence().toMillis())),
                        number(given, FAIL_FIRST, Trouble.NONE.failFirst())));
    }

    /** Consumer group; several with the same topic share the work. */
    public String group() {
        return "brigade-example-" + topic;
    }

    private static Map<String, String> options(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String option = arguments.get(i);
            if (!OPTIONS.contains(option)) {
                throw new IllegalArgumentException("participant has no option " + option);
            }
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            given.put(option, arguments.get(i + 1));
        }
        return given;
    }

    private static int number(Map<String, String> given, String option, int otherwise) {
        String value = given.getOrDefault(option, Integer.toString(otherwise));
        if (!value.matches("[0-9]{1,7}")) {
            throw new IllegalArgumentException(option + " must be a whole number, not " + value);
        }
        return Integer.parseInt(value);
    }
}
