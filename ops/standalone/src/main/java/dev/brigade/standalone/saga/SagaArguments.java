package dev.brigade.standalone.saga;

import dev.brigade.contract.request.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code saga} is asked to do. */
sealed interface SagaArguments {

    /** Most rows that {@code list} shows. */
    int MOST_ROWS = 1_000;

    /** Tells the story of one request. */
    record Show(String requestId, boolean withText, boolean json) implements SagaArguments {}

    /** Lists the newest requests. */
    record Recent(Which which, int limit, boolean json) implements SagaArguments {}

    /** Lists parked compensations. */
    record Parked(boolean json) implements SagaArguments {}

    /** Publishes one parked compensation again, or all. */
    record Retry(Optional<String> compensationId) implements SagaArguments {}

    /** Which requests are listed. */
    enum Which {
        ALL,
        OPEN,
        FAILED,
        PARKED;

        boolean fits(SagaRow row) {
            return switch (this) {
                case ALL -> true;
                case OPEN -> row.isOpen();
                case FAILED -> row.hasFailed();
                case PARKED -> !row.parked().isEmpty();
            };
        }
    }

    /**
     * Reads the arguments behind {@code saga}.
     *
     * @throws IllegalArgumentException when they make no sense, saying why
     */
    static SagaArguments parse(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("saga needs one of show, list, parked and retry");
        }
        Options rest = new Options(arguments.getFirst(), arguments.subList(1, arguments.size()));
        SagaArguments parsed =
                switch (arguments.getFirst()) {
                    case "show" -> {
                        boolean text = rest.flag("--text");
                        boolean json = rest.flag("--json");
                        yield new Show(requestId(rest.word("a request id")), text, json);
                    }
                    case "list" -> new Recent(which(rest), rest.limit(), rest.flag("--json"));
                    case "parked" -> new Parked(rest.flag("--json"));
                    case "retry" ->
                            rest.flag("--all")
                                    ? new Retry(Optional.empty())
                                    : new Retry(
                                            Optional.of(rest.word("a compensation id or --all")));
                    default ->
                            throw new IllegalArgumentException(
                                    "saga has no command "
                                            + arguments.getFirst()
                                            + "; it has show, list, parked and retry");
                };
        rest.requireNothingLeft();
        return parsed;
    }

    private static String requestId(String id) {
        if (!RequestId.isUsable(id)) {
            throw new IllegalArgumentException(
                    "a request id has 1 to %d printable characters"
                            .formatted(RequestId.MAX_LENGTH));
        }
        return id;
    }

    private static Which which(Options options) {
        List<Which> chosen = new ArrayList<>();
        for (Which which : List.of(Which.OPEN, Which.FAILED, Which.PARKED)) {
            if (options.flag("--" + Words.lower(which))) {
                chosen.add(which);
            }
        }
        if (chosen.size() > 1) {
            throw new IllegalArgumentException("--open, --failed and --parked exclude each other");
        }
        return chosen.isEmpty() ? Which.ALL : chosen.getFirst();
    }

    /** Words and options of one command, taken one by one. */
    final class Options {

        private static final int ROWS = 20;

        private final String command;
        private final List<String> left;

        Options(String command, List<String> arguments) {
            this.command = command;
            this.left = new ArrayList<>(arguments);
        }

        boolean flag(String name) {
            return left.remove(name);
        }

        int limit() {
            int at = left.indexOf("--limit");
            if (at < 0) {
                return ROWS;
            }
            left.remove(at);
            String value = at < left.size() ? left.remove(at) : "";
            if (!value.matches("[0-9]{1,4}")
                    || Integer.parseInt(value) < 1
                    || Integer.parseInt(value) > MOST_ROWS) {
                throw new IllegalArgumentException("--limit must be 1 to " + MOST_ROWS);
            }
            return Integer.parseInt(value);
        }

        String word(String what) {
            if (left.isEmpty() || left.getFirst().startsWith("--")) {
                throw new IllegalArgumentException("saga %s needs %s".formatted(command, what));
            }
            return left.removeFirst();
        }

        void requireNothingLeft() {
            if (!left.isEmpty()) {
                String kind = left.getFirst().startsWith("--") ? "no option " : "no use for ";
                throw new IllegalArgumentException(
                        "saga %s has %s%s".formatted(command, kind, left.getFirst()));
            }
        }
    }
}
