package dev.brigade.dispatcher.batch;

import dev.brigade.dispatcher.request.BatchSummary;
import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.Output;
import dev.brigade.dispatcher.request.StoredPayload;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is kept of a batch's parts that are over, however many there were.
 *
 * <p>Invariant: parts are begun in order, each once. One below {@code begun} that is not open is
 * over: its results are out, and nothing that is heard of it counts any more.
 *
 * @param total images in the batch; 0 until they are counted
 * @param manifest of the images, where they were listed
 * @param begun parts that were begun
 * @param published parts that are over, each with its results published
 * @param done images with a classification
 * @param failed images with an error
 * @param labels how many images have each label; what is beyond 1,000 labels is counted together
 * @param begunAtMs when the first part was begun
 * @param lastAtMs when the last results came
 * @param refusals by the model's queue since it last took a part
 * @param heldUntilMs when refused parts are given out again; nothing is begun before
 */
public record Tally(
        int total,
        Optional<StoredPayload> manifest,
        int begun,
        int published,
        int done,
        int failed,
        SortedMap<String, Long> labels,
        OptionalLong begunAtMs,
        long lastAtMs,
        Pace pace,
        Spent spent,
        int refusals,
        OptionalLong heldUntilMs) {

    /** Counts all labels beyond the bound. */
    public static final String OTHER_LABELS = "(others)";

    private static final int MOST_LABELS = 1_000;
    private static final long FIRST_HOLD_MS = 500;
    private static final long LONGEST_HOLD_MS = 30_000;

    public Tally {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** A batch of so many images, or of 0 that are yet to be counted. */
    public static Tally of(int total) {
        return new Tally(
                total,
                Optional.empty(),
                0,
                0,
                0,
                0,
                new TreeMap<>(),
                OptionalLong.empty(),
                0,
                Pace.STILL,
                Spent.NOTHING,
                0,
                OptionalLong.empty());
    }

    /** The images were found and counted. */
    public Tally listed(Output.ListedItems found) {
        return new Tally(
                found.count(),
                Optional.of(found.manifest()),
                begun,
                published,
                done,
                failed,
                labels,
                begunAtMs,
                lastAtMs,
                pace,
                spent,
                refusals,
                heldUntilMs);
    }

    /** All parts up to this one, which is left out, are begun. */
    public Tally beginning(int parts, long nowMs) {
        return new Tally(
                total,
                manifest,
                parts,
                published,
                done,
                failed,
                labels,
                begunAtMs.isPresent() ? begunAtMs : OptionalLong.of(nowMs),
                lastAtMs,
                pace,
                spent,
                refusals,
                heldUntilMs);
    }

    /** One more part is over. */
    public Tally plus(List<ImageResult> results, Spent spentNow, long nowMs) {
        var counted = new TreeMap<>(labels);
        int classified = 0;
        for (ImageResult result : results) {
            if (result.classification().isPresent()) {
                classified++;
                count(result.classification().get().label(), counted);
            }
        }
        return new Tally(
                total,
                manifest,
                begun,
                published + 1,
                done + classified,
                failed + results.size() - classified,
                counted,
                begunAtMs,
                nowMs,
                pace.plus(results.size(), nowMs),
                spentNow,
                refusals,
                heldUntilMs);
    }

    private static void count(String label, SortedMap<String, Long> counted) {
        boolean known = counted.containsKey(label) || counted.size() < MOST_LABELS;
        counted.merge(known ? label : OTHER_LABELS, 1L, Long::sum);
    }

    /** The queue was full. Parts that are refused together wait together. */
    public Tally held(long nowMs) {
        return heldUntilMs.isPresent()
                ? this
                : holding(
                        refusals + 1,
                        OptionalLong.of(
                                nowMs
                                        + Math.min(
                                                LONGEST_HOLD_MS,
                                                FIRST_HOLD_MS << Math.min(refusals, 20))));
    }

    /** The refused parts are given out again. */
    public Tally resumed() {
        return holding(refusals, OptionalLong.empty());
    }

    /** The queue let a part out. */
    public Tally taken() {
        return refusals == 0 ? this : holding(0, heldUntilMs);
    }

    private Tally holding(int refusals, OptionalLong untilMs) {
        return new Tally(
                total, manifest, begun, published, done, failed, labels, begunAtMs, lastAtMs, pace,
                spent, refusals, untilMs);
    }

    /** Images a second, over the last ten seconds. */
    public double perSecond(long nowMs) {
        return pace.perSecond(begunAtMs.orElse(nowMs), nowMs);
    }

    /** Time that the rest will take at that speed; empty where nothing is done yet. */
    public OptionalLong remainingMs(long nowMs) {
        double perSecond = perSecond(nowMs);
        return perSecond > 0
                ? OptionalLong.of(Math.round((total - done - failed) / perSecond * 1000))
                : OptionalLong.empty();
    }

    public BatchSummary summary() {
        double seconds = published == 0 ? 0 : (lastAtMs - begunAtMs.orElse(lastAtMs)) / 1000.0;
        return new BatchSummary(
                total,
                done,
                failed,
                labels,
                seconds,
                seconds > 0 ? (done + failed) / seconds : 0,
                published);
    }
}
