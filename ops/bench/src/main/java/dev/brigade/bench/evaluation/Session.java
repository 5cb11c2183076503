package dev.brigade.bench.evaluation;

import dev.brigade.bench.evaluation.questions.Question;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.ModelInfo;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One evaluation on a running Brigade, from the warm-up to the printed findings. */
final class Session {

    private static final String PRIMARY = "primary";

    private final EvaluationOptions options;
    private final List<Question> questions;
    private final Consumer<String> results;
    private final Consumer<String> progress;

    Session(
            EvaluationOptions options,
            List<Question> questions,
            Consumer<String> results,
            Consumer<String> progress) {
        this.options = options;
        this.questions = questions;
        this.results = results;
        this.progress = progress;
    }

    void run(String bootstrapServers) throws IOException, InterruptedException {
        ClientSettings settings = ClientSettings.of(bootstrapServers);
        try (BrigadeClient client = BrigadeClient.open(settings)) {
            Answering answering =
                    new BrigadeAnswering(client, options.maxTokens(), options.deadline());
            progress.accept("warming up with " + options.examined().title());
            String found =
                    new Baseline(answering, primaries(client))
                            .modelOf(options.examined(), questions, options.seed());
            String model = options.model().orElse(found);
            progress.accept("comparing with " + model);
            tell(model, compared(answering, model));
        }
    }

    private List<Comparison> compared(Answering answering, String model)
            throws IOException, InterruptedException {
        Contest contest = new Contest(answering, options.examined(), model, options.seed());
        if (options.out().isEmpty()) {
            return compared(contest, comparison -> {});
        }
        try (ResultsFile file = ResultsFile.create(options.out().get())) {
            return compared(contest, file::add);
        }
    }

    private List<Comparison> compared(Contest contest, Consumer<Comparison> each)
            throws InterruptedException {
        return new Evaluation(contest, options.concurrency(), each, progress, System::nanoTime)
                .run(questions, options.limit());
    }

    private void tell(String model, List<Comparison> comparisons) {
        if (comparisons.isEmpty()) {
            throw new EvaluationException("no question was finished within the limit");
        }
        String set =
                options.set()
                        .map(file -> String.valueOf(file.getFileName()))
                        .map(name -> name.replaceAll("[\"\\\\\\p{Cntrl}]", "_"))
                        .orElseGet(() -> "the generated set of seed " + options.seed());
        Findings findings =
                new Findings(options.examined().title(), model, comparisons, options.seed());
        results.accept(
                "%d of %d questions of %s, %d at a time, at most %d tokens a call\n"
                        .formatted(
                                comparisons.size(),
                                questions.size(),
                                set,
                                options.concurrency(),
                                options.maxTokens()));
        results.accept(findings.toString());
        if (options.examined() instanceof Target.OfPreset(String id)) {
            String date = LocalDate.now(ZoneOffset.UTC).toString();
            results.accept("\nFor the preset %s in config/presets.yaml:\n".formatted(id));
            results.accept(findings.evidence(date, set).indent(4));
        }
    }

    private static Set<String> primaries(BrigadeClient client) {
        return client.models().stream()
                .filter(model -> model.description().getRoles().contains(PRIMARY))
                .map(ModelInfo::id)
                .collect(Collectors.toSet());
    }
}
