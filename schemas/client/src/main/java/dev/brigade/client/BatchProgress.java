package dev.brigade.client;

import dev.brigade.schema.StageProgress;
import java.util.OptionalLong;

/**
 * How far the images of a batch are.
 *
 * @param done images with a classification
 * @param failed images with an error
 * @param total images in all; 0 where the request did not list them and nobody has counted them
 * @param perSecond images a second over the last ten seconds of results; 0 where none came
 * @param remainingMs time that the rest will take at that speed; empty where nothing is done yet
 */
public record BatchProgress(
        int done, int failed, int total, double perSecond, OptionalLong remainingMs) {

    static BatchProgress of(StageProgress progress) {
        Long remaining = progress.getRemainingMs();
        return new BatchProgress(
                progress.getDone(),
                progress.getFailed(),
                progress.getTotal(),
                progress.getPerSecond(),
                remaining == null ? OptionalLong.empty() : OptionalLong.of(remaining));
    }
}
