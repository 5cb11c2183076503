package dev.brigade.dispatcher.simulation;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Attempt;
import dev.brigade.dispatcher.request.Checkpoint;
import dev.brigade.dispatcher.request.Compensation;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The checker's own books of one request, from events and commands alone. */
final class Book {

    /** Books of one stage. */
    static final class Stage {
        final List<Job> jobs = new ArrayList<>();
        final Map<String, Input> inputOfModel = new HashMap<>();
        final Set<Epoch> attempts = new HashSet<>();
        Optional<Epoch> newestSeen = Optional.empty();
        int crashes;

        boolean isCurrent(Attempt attempt, Set<String> endedJobs) {
            return !jobs.isEmpty()
                    && !endedJobs.contains(attempt.jobId())
                    && jobs.getLast().id().equals(attempt.jobId())
                    && newestSeen
                            .filter(newest ->
                                    !attempt.epoch().equals(newest)
                                            && !attempt.epoch().isNewerThan(newest))
                            .isEmpty();
        }
    }

    Optional<Request> request = Optional.empty();
    Optional<Checkpoint> checkpoint = Optional.empty();
    final Map<String, Stage> stages = new LinkedHashMap<>();
    final Set<String> endedJobs = new HashSet<>();

    /** Accepted answers, in order of completion. */
    final Map<String, Answer> completed = new LinkedHashMap<>();

    final List<Reply> replies = new ArrayList<>();
    final List<Compensation> compensations = new ArrayList<>();
    final List<Compensation> asked = new ArrayList<>();
    final Set<String> settled = new HashSet<>();
    final Set<String> retracted = new HashSet<>();

    /** Jobs of a batch that a full queue did not take. */
    final Set<String> held = new HashSet<>();

    /** Results of a batch, by image. */
    final Map<Integer, ImageResult> results = new HashMap<>();

    int resultRecords;
    int parked;
    int progress;
    int usageRecords;
    int pinReleases;
    boolean claimReleased;
    boolean crashLetter;
    long closedAtMs = Long.MAX_VALUE;

    Stage stage(String id) {
        return stages.computeIfAbsent(id, _ -> new Stage());
    }

    Reply reply() {
        return replies.getLast();
    }

    /** Jobs that are neither freed nor withdrawn. */
    List<Job> running() {
        return stages.values().stream()
                .flatMap(stage -> stage.jobs.stream())
                .filter(job -> !endedJobs.contains(job.id()))
                .toList();
    }

    int usedTokens() {
        return completed.values().stream().mapToInt(answer -> answer.usage().total()).sum();
    }

    boolean donePinned() {
        return stages.entrySet().stream()
                .filter(stage -> completed.containsKey(stage.getKey()))
                .flatMap(stage -> stage.getValue().jobs.stream())
                .anyMatch(Job::pin);
    }
}
