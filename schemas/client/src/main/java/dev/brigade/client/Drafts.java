package dev.brigade.client;

import dev.brigade.contract.reply.EpochOrder;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.StageProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The drafts of one request's earlier stages, and how many items of a map are done.
 *
 * <p>Each stage is by itself: only its newest attempt counts, only while chunks have no gap, and an
 * attempt that is newer begins from nothing. Drafts are kept until the request ends, for listeners
 * that are slow or come later; {@link Told} is what one of them has had. Not safe for use by many
 * threads.
 */
final class Drafts {

    /** More stages than any plan has: 256 items of a map with their retries, and then some. */
    static final int MAX_STAGES = 1024;

    private final TextBudget budget;
    private final Map<String, Draft> byStage = new HashMap<>();
    private final List<Draft> inOrder = new ArrayList<>();
    private @Nullable MapProgress progress;
    private int progressSeq = -1;
    private boolean held;
    private boolean ended;

    Drafts(TextBudget budget) {
        this.budget = budget;
    }

    /** Tells nothing until {@link #release}. */
    void hold() {
        held = true;
    }

    void release() {
        held = false;
    }

    /** Takes a chunk, in the order of the log; those of the answer are not for here. */
    void take(Chunk chunk) {
        if (ended) {
            return;
        }
        StageProgress counted = chunk.getProgress();
        if (counted != null) {
            progress(chunk.getSeq(), counted);
        } else if (!chunk.getIsFinal()) {
            draft(chunk.getStage()).ifPresent(draft -> draft.take(chunk, budget));
        }
    }

    /** Takes nothing more; what was taken can still be told. */
    void end() {
        if (!ended) {
            ended = true;
            inOrder.forEach(draft -> budget.giveBack(draft.taken));
        }
    }

    /** What is to be told next to one who was told this; {@code told} moves on with it. */
    Optional<OpenRequest.Step> next(Told told) {
        if (held) {
            return Optional.empty();
        }
        for (int i = 0; i < inOrder.size(); i++) {
            Optional<StageUpdate> update = inOrder.get(i).next(told.place(i));
            if (update.isPresent()) {
                return update.map(OpenRequest.Step.Draft::new);
            }
        }
        MapProgress newest = progress;
        if (newest == null || progressSeq == told.progressSeq) {
            return Optional.empty();
        }
        told.progressSeq = progressSeq;
        return Optional.of(new OpenRequest.Step.Progress(newest));
    }

    private void progress(int seq, StageProgress counted) {
        if (seq > progressSeq) {
            progressSeq = seq;
            progress = new MapProgress(counted.getDone(), counted.getFailed(), counted.getTotal());
        }
    }

    private Optional<Draft> draft(String stage) {
        Draft known = byStage.get(stage);
        if (known == null && inOrder.size() < MAX_STAGES) {
            known = new Draft(stage);
            byStage.put(stage, known);
            inOrder.add(known);
        }
        return Optional.ofNullable(known);
    }

    /** What one listener was told so far. */
    static final class Told {

        private final List<Place> places = new ArrayList<>();
        private int progressSeq = -1;

        private Place place(int index) {
            while (places.size() <= index) {
                places.add(new Place());
            }
            return places.get(index);
        }
    }

    private static final class Place {

        private int attempt;
        private int chars;
        private boolean retracted;

        void begin(int newAttempt) {
            attempt = newAttempt;
            chars = 0;
            retracted = false;
        }
    }

    private static final class Draft {

        private final String stage;
        private final StringBuilder text = new StringBuilder();
        private String model = "";
        private @Nullable Epoch epoch;
        private int attempt;
        private int nextSeq;
        private boolean silent;
        private boolean retracted;
        private long taken;

        private Draft(String stage) {
            this.stage = stage;
        }

        void take(Chunk chunk, TextBudget budget) {
            boolean newer = isNewer(chunk.getEpoch());
            if (chunk.getRetracted()) {
                epoch = newer ? chunk.getEpoch() : epoch;
                retract();
                return;
            }
            if (newer) {
                begin(chunk);
            } else if (!isNewest(chunk.getEpoch())) {
                return;
            }
            if (chunk.getSeq() != nextSeq) {
                silent |= chunk.getSeq() > nextSeq;
                return;
            }
            nextSeq++;
            append(chunk.getText(), budget);
        }

        Optional<StageUpdate> next(Place place) {
            if (place.attempt < attempt) {
                boolean again = place.chars > 0;
                place.begin(attempt);
                if (again) {
                    return Optional.of(new StageUpdate.Restarted(stage, model));
                }
            }
            if (retracted) {
                boolean shown = place.chars > 0 && !place.retracted;
                place.retracted = true;
                return shown
                        ? Optional.of(new StageUpdate.Retracted(stage, model))
                        : Optional.empty();
            }
            if (place.chars == text.length()) {
                return Optional.empty();
            }
            String more = text.substring(place.chars);
            place.chars = text.length();
            return Optional.of(new StageUpdate.Text(stage, model, more));
        }

        private boolean isNewer(Epoch other) {
            Epoch known = epoch;
            return known == null || EpochOrder.OLDEST_FIRST.compare(other, known) > 0;
        }

        private boolean isNewest(Epoch other) {
            Epoch known = epoch;
            return known != null && EpochOrder.same(other, known);
        }

        private void begin(Chunk chunk) {
            epoch = chunk.getEpoch();
            model = chunk.getModel();
            attempt++;
            nextSeq = 0;
            silent = false;
            retracted = false;
            text.setLength(0);
        }

        /** The stage is undone, whichever of its attempts the writer knew; late chunks are void. */
        private void retract() {
            retracted = true;
            silent = true;
            text.setLength(0);
        }

        private void append(String piece, TextBudget budget) {
            if (silent || !fits(text.length() + piece.length(), budget)) {
                silent = true;
                return;
            }
            text.append(piece);
        }

        private boolean fits(int length, TextBudget budget) {
            long more = length - taken;
            if (more > 0) {
                if (!budget.tryTakeForDraft(more)) {
                    return false;
                }
                taken += more;
            }
            return true;
        }
    }
}
