package dev.brigade.standalone.classify;

import dev.brigade.client.BatchAnswer;
import dev.brigade.client.BatchHandle;
import dev.brigade.client.BatchImage;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.Failure;
import dev.brigade.client.ImageBatchRequest;
import dev.brigade.schema.BatchSummary;
import dev.brigade.schema.Priority;
import dev.brigade.standalone.settings.StandaloneSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code classify}: sends images as one batch, shows its progress, and writes its results to a
 * file. Whoever stops it by Ctrl-C cancels the batch; whoever kills it leaves the batch running,
 * and can follow it again by its id.
 */
public final class ClassifyCommand {

    /** Some images could not be classified; the others are. */
    private static final int SOME_FAILED = 3;

    private static final long MOST_HOURS = 25;
    private static final long CANCEL_LIMIT_S = 5;

    private final StandaloneSettings settings;
    private final PrintStream out;
    private final ProgressLine line;
    private final Consumer<String> complain;

    /**
     * @param out takes the summary
     * @param progress takes the progress
     * @param terminal whether that is a terminal
     */
    public ClassifyCommand(
            StandaloneSettings settings,
            PrintStream out,
            PrintStream progress,
            boolean terminal,
            Consumer<String> complain) {
        this.settings = settings;
        this.out = out;
        this.line = new ProgressLine(progress, terminal);
        this.complain = complain;
    }

    /** Runs the batch and returns the exit code: 0 all classified, 1 no result, 3 some failed. */
    public int run(ClassifyArguments arguments) throws InterruptedException {
        List<Path> files =
                arguments.resume().isPresent()
                        ? List.of()
                        : ImageFiles.find(arguments.sources(), arguments.recursive());
        try (BrigadeClient client = BrigadeClient.open(client())) {
            return follow(client, arguments, files);
        } catch (BrigadeException e) {
            line.end();
            complain.accept(text(e.failure()));
            return 1;
        }
    }

    private ClientSettings client() {
        return ClientSettings.builder(settings.bootstrapServers())
                .schemaRegistryUrl(settings.schemaRegistry().orElse(null))
                .payloads(settings.payloads())
                .build();
    }

    private int follow(BrigadeClient client, ClassifyArguments arguments, List<Path> files)
            throws InterruptedException {
        BatchWatch watch = new BatchWatch(line);
        BatchHandle batch =
                arguments.resume().isPresent()
                        ? client.followBatch(arguments.resume().get(), watch)
                        : client.classifyBatch(request(arguments, files), watch);
        line.end();
        Thread canceller = Thread.ofPlatform().name("cancel-batch").unstarted(() -> cancel(batch));
        if (arguments.resume().isEmpty()) {
            complain.accept(
                    "batch %s; Ctrl-C cancels it, ops/brigade classify --resume %s finds it again"
                            .formatted(batch.requestId(), batch.requestId()));
            Runtime.getRuntime().addShutdownHook(canceller);
        }
        try {
            BatchAnswer answer = batch.answer().get(MOST_HOURS, TimeUnit.HOURS);
            return ended(answer.requestId(), answer.summary(), watch, arguments.out());
        } catch (ExecutionException | TimeoutException e) {
            return unanswered(batch, e, watch, arguments.out());
        } finally {
            forget(canceller);
        }
    }

    private ImageBatchRequest request(ClassifyArguments arguments, List<Path> files) {
        ImageBatchRequest.Builder request =
                ImageBatchRequest.builder()
                        .images(images(files))
                        .allowUncertain(arguments.allowUncertain())
                        .priority(Priority.valueOf(arguments.priority().toUpperCase(Locale.ROOT)));
        arguments.model().ifPresent(request::model);
        arguments.prompt().ifPresent(request::prompt);
        return request.build();
    }

    private Iterable<BatchImage> images(List<Path> files) {
        ImageFiles images =
                new ImageFiles(Stream.of(settings.imageRoots().split(",")).map(Path::of).toList());
        return () -> {
            AtomicInteger packed = new AtomicInteger();
            Iterator<Path> paths = files.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return paths.hasNext();
                }

                @Override
                public BatchImage next() {
                    BatchImage image = images.image(paths.next());
                    line.packed(packed.incrementAndGet(), files.size());
                    return image;
                }
            };
        };
    }

    /** The first word for Ctrl-C; a second one ends the program at once, as always. */
    private void cancel(BatchHandle batch) {
        try {
            batch.cancel().get(CANCEL_LIMIT_S, TimeUnit.SECONDS);
            complain.accept("batch %s is cancelled".formatted(batch.requestId()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            complain.accept("batch %s could not be cancelled".formatted(batch.requestId()));
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs: the batch is being cancelled.
        }
    }

    private int unanswered(BatchHandle batch, Exception e, BatchWatch watch, Optional<Path> file)
            throws InterruptedException {
        line.end();
        if (!(e.getCause() instanceof BrigadeException failed)) {
            complain.accept("the batch has no end: " + e);
            return 1;
        }
        complain.accept(text(failed.failure()));
        Optional<BatchSummary> summary = BatchAnswer.summary(failed.failure());
        if (summary.isPresent()) {
            ended(batch.requestId(), summary.get(), watch, file);
        }
        return 1;
    }

    private int ended(String requestId, BatchSummary summary, BatchWatch watch, Optional<Path> file)
            throws InterruptedException {
        line.end();
        out.println(text(summary));
        words("labels", summary.getLabels()).ifPresent(out::println);
        words("errors", watch.errors()).ifPresent(out::println);
        if (file.isPresent()) {
            try {
                new ResultFile(settings.restUrl()).write(requestId, file.get());
                out.println("results in " + file.get());
            } catch (IOException e) {
                complain.accept(
                        "%s cannot be written (%s); classify --resume %s --out writes it later"
                                .formatted(file.get(), e.getMessage(), requestId));
                return 1;
            }
        }
        return summary.getFailed() == 0 ? 0 : SOME_FAILED;
    }

    private static String text(BatchSummary summary) {
        return String.format(
                Locale.ROOT,
                "%d of %d images classified, %d failed, in %.1f s (%.1f images/s)",
                summary.getDone(),
                summary.getTotal(),
                summary.getFailed(),
                summary.getSeconds(),
                summary.getPerSecond());
    }

    private static String text(Failure failure) {
        return failure.message() + " (" + failure.code().wireName() + ")";
    }

    private static Optional<String> words(String what, Map<String, ? extends Number> counts) {
        return counts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        counts.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining(", ", what + ": ", "")));
    }
}
