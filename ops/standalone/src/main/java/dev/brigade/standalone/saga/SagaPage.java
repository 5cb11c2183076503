package dev.brigade.standalone.saga;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A saga as lines for people. */
final class SagaPage {

    private final Saga saga;
    private final List<String> lines = new ArrayList<>();

    private SagaPage(Saga saga) {
        this.saga = saga;
    }

    static List<String> of(Saga saga) {
        SagaPage page = new SagaPage(saga);
        page.head();
        page.stages();
        page.report();
        page.terminals();
        page.compensations();
        page.deadLetters();
        return page.lines.stream().map(SagaPage::printable).toList();
    }

    /** What others wrote must not command the terminal. */
    private static String printable(String line) {
        return line.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
    }

    private void head() {
        lines.add("request " + saga.requestId());
        fact("arrived", saga.arrivedAt().toString());
        saga.request().ifPresentOrElse(this::request, () -> fact("request", "no longer kept"));
        saga.cancelAskedMs().ifPresent(at -> fact("cancel", "asked for at " + time(at)));
    }

    private void request(Saga.Request request) {
        fact(
                "request",
                "%s in %s, partition %d, offset %d"
                        .formatted(
                                request.kind(),
                                request.topic(),
                                request.partition(),
                                request.offset()));
        fact("asked", asked(request));
        fact("size", size(request.sizes()));
        request.prompt().forEach(line -> fact("prompt", line));
    }

    private static String asked(Saga.Request request) {
        List<String> parts = new ArrayList<>();
        Consumer<String> add = parts::add;
        parts.add("mode " + request.mode().orElse("not named"));
        request.preset().map(preset -> "preset " + preset).ifPresent(add);
        request.model().map(model -> "model " + model).ifPresent(add);
        request.taskType().map(type -> "task type " + type).ifPresent(add);
        request.role().map(role -> "role " + role).ifPresent(add);
        parts.add("priority " + request.priority());
        parts.add("tenant " + request.tenant());
        request.idempotencyKey().map(key -> "idempotency key " + key).ifPresent(add);
        request.deadlineMs().ifPresent(ms -> parts.add("deadline " + seconds(ms)));
        request.maxTotalTokens().ifPresent(most -> parts.add("at most %d tokens".formatted(most)));
        request.maxCost().map("at most %s in cost"::formatted).ifPresent(add);
        if (request.streamStages()) {
            parts.add("drafts streamed");
        }
        if (request.allowSmallerMode()) {
            parts.add("a smaller mode allowed");
        }
        return String.join(", ", parts);
    }

    private static String size(Saga.Sizes sizes) {
        List<String> parts = new ArrayList<>();
        if (sizes.messages() > 0) {
            parts.add("messages: " + sizes.messages());
        }
        if (sizes.items() > 0) {
            parts.add("items: " + sizes.items());
        }
        parts.add("characters: " + sizes.characters());
        return String.join(", ", parts);
    }

    private void stages() {
        heading("stages (times in seconds after arrival)");
        if (saga.stages().isEmpty()) {
            lines.add("  none");
            return;
        }
        Columns table =
                new Columns(
                        "  stage",
                        "kind",
                        "model",
                        "worker",
                        "status",
                        "attempts",
                        "released",
                        "started",
                        "finished",
                        "tokens",
                        "score",
                        "prompt");
        saga.stages().forEach(stage -> row(table, stage));
        lines.addAll(table.lines());
        saga.stages().forEach(this::details);
    }

    private static void row(Columns table, Saga.Stage stage) {
        table.row(
                "  " + stage.stage(),
                stage.kind().equals("unknown") ? "" : stage.kind(),
                stage.model().orElse(""),
                stage.attempts().isEmpty() ? "" : stage.attempts().getLast().worker(),
                stage.error().map(error -> stage.status() + " " + error).orElse(stage.status()),
                stage.attempts().isEmpty() ? "" : Integer.toString(stage.attempts().size()),
                at(stage.releasedMs()),
                at(stage.startedMs()),
                at(stage.finishedMs()),
                stage.tokens().map(SagaPage::tokens).orElse(""),
                stage.score().map(SagaPage::share).orElse(""),
                stage.prompt().orElse(""));
    }

    /** What the table has no room for: attempts where more than one was needed, cuts, the text. */
    private void details(Saga.Stage stage) {
        boolean smooth =
                stage.attempts().stream().allMatch(attempt -> attempt.outcome().equals("finished"));
        if (stage.attempts().size() > 1 || !smooth) {
            for (Saga.Attempt attempt : stage.attempts()) {
                lines.add(
                        "  %s attempt %d.%d on %s: %s, %s to %s"
                                .formatted(
                                        stage.stage(),
                                        attempt.dispatch(),
                                        attempt.delivery(),
                                        attempt.worker(),
                                        attempt.outcome(),
                                        at(attempt.startedMs()),
                                        at(attempt.endedMs())));
            }
        }
        stage.cuts().forEach(cut -> lines.add("  %s cut: %s".formatted(stage.stage(), cut)));
        stage.text().ifPresent(text -> lines.add("  %s says: %s".formatted(stage.stage(), text)));
    }

    private void report() {
        if (saga.report().isEmpty()) {
            return;
        }
        Saga.Report report = saga.report().get();
        heading("how it came about");
        fact("mode", mode(report));
        fact("models", String.join(", ", report.modelsUsed()));
        fact("rounds", Integer.toString(report.rounds()));
        measured("confidence", report.confidence(), report.confidenceMethod());
        measured("agreement", report.agreement(), report.agreementMethod());
        points("agreed", report.agreed());
        points("flagged", report.flagged());
        points("conflicts", report.conflicts());
        report.routingReason().ifPresent(reason -> fact("routing", reason));
        report.decisions().forEach(decision -> fact("decision", decision));
        report.skipped().forEach(skip -> fact("skipped", skip.stage() + ": " + skip.reason()));
        if (!report.resumed().isEmpty()) {
            fact("resumed", String.join(", ", report.resumed()));
        }
        fact("model time", seconds(report.totalInferenceMs()));
    }

    private static String mode(Saga.Report report) {
        String preset = report.preset().map(" of preset "::concat).orElse("");
        return report.requestedMode()
                .filter(requested -> !requested.equals(report.mode()))
                .map(requested -> "%s%s, asked for %s".formatted(report.mode(), preset, requested))
                .orElse(report.mode() + preset);
    }

    private void measured(String name, Optional<Double> value, Optional<String> method) {
        value.ifPresent(v -> fact(name, share(v) + method.map(" by "::concat).orElse("")));
    }

    private void points(String name, Saga.Points points) {
        if (points.count() > 0) {
            fact(name, points.count() + (points.count() == 1 ? " point" : " points"));
            points.texts().forEach(text -> fact("", text));
        }
    }

    private void terminals() {
        heading(saga.terminals().size() > 1 ? "MORE THAN ONE TERMINAL" : "terminal");
        if (saga.terminals().isEmpty()) {
            lines.add("  none yet: the request is open");
        }
        saga.terminals().forEach(this::terminal);
    }

    private void terminal(Saga.Terminal terminal) {
        List<String> parts = new ArrayList<>();
        Consumer<String> add = parts::add;
        parts.add("%s at %s".formatted(terminal.status(), time(terminal.atMs())));
        terminal.code().ifPresent(add);
        terminal.finishReason().map("finish reason "::concat).ifPresent(add);
        terminal.stage().map("answer of "::concat).ifPresent(add);
        terminal.model().map("model "::concat).ifPresent(add);
        terminal.tokens().map(SagaPage::tokens).map(t -> t + " tokens").ifPresent(add);
        terminal.cost().map("cost %s"::formatted).ifPresent(add);
        lines.add("  " + String.join(", ", parts));
        terminal.message().ifPresent(message -> fact("message", message));
        terminal.originalRequestId().ifPresent(id -> fact("original", id));
        terminal.items().forEach(this::item);
        terminal.text().ifPresent(text -> fact("text", text));
    }

    private void item(Saga.Item item) {
        String how = item.code().map(code -> item.status() + " " + code).orElse(item.status());
        fact("item " + item.index(), how + item.text().map(": "::concat).orElse(""));
    }

    private void compensations() {
        if (saga.compensations().isEmpty()) {
            return;
        }
        heading("compensations (newest stage first)");
        for (Saga.Undo undo : saga.compensations()) {
            lines.add(
                    "  %d %s: %s (%s)"
                            .formatted(
                                    undo.order(),
                                    undo.stage(),
                                    undo.state(),
                                    String.join(", ", undo.actions())));
            for (Saga.UndoStep step : undo.steps()) {
                lines.add(
                        "    %s  %s, attempt %d%s"
                                .formatted(
                                        time(step.atMs()),
                                        step.what(),
                                        step.attempt(),
                                        step.message().map(": "::concat).orElse("")));
            }
        }
    }

    private void deadLetters() {
        if (saga.deadLetters().isEmpty()) {
            return;
        }
        heading("dead letters");
        for (Saga.DeadLetter letter : saga.deadLetters()) {
            lines.add(
                    "  %s  %s%s"
                            .formatted(
                                    time(letter.atMs()),
                                    letter.reason(),
                                    letter.topic().map(", from "::concat).orElse("")));
        }
    }

    private void heading(String text) {
        lines.add("");
        lines.add(text);
    }

    private void fact(String name, String value) {
        lines.add("  %-10s %s".formatted(name, value));
    }

    private static String at(OptionalLong ms) {
        return ms.isPresent() ? plain(ms.getAsLong()) : "";
    }

    private static String time(long ms) {
        return (ms < 0 ? "" : "+") + seconds(ms);
    }

    private static String seconds(long ms) {
        return plain(ms) + " s";
    }

    private static String plain(long ms) {
        return String.format(Locale.ROOT, "%.3f", ms / 1000.0);
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String tokens(Saga.Tokens tokens) {
        return tokens.prompt() + "+" + tokens.completion();
    }
}
