package dev.brigade.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.reply.EpochOrder;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Epoch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random histories of several stages with several attempts each, interleaved at random, with
 * duplicates, losses and retractions, told to listeners of different pace; checked against a model
 * that knows the whole history.
 */
class DraftsHistoryTest {

    private static final int HISTORIES = 10_000;

    @Test
    void everyListenerEndsWithTheNewestAttemptOfEachStage() {
        long seed = Long.getLong("brigade.seed", 20_261_121);
        Random seeds = new Random(seed);
        int restarts = 0;
        int retractions = 0;
        for (int i = 0; i < HISTORIES; i++) {
            long one = seeds.nextLong();
            try {
                History history = new History(new Random(one));
                history.play();
                restarts += history.restarts();
                retractions += history.retractions();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("history with seed " + one + " of " + seed, e);
            }
        }
        assertThat(restarts).as("restarts, seed %d", seed).isGreaterThan(HISTORIES / 10);
        assertThat(retractions).as("retractions, seed %d", seed).isGreaterThan(HISTORIES / 100);
    }

    private static final class History {

        private static final List<String> STAGES = List.of("draft", "critique-1", "answer-1.2");

        private final Random random;
        private final TextBudget budget = new TextBudget(1 << 20);
        private final Drafts drafts = new Drafts(budget);
        private final Listener eager = new Listener();
        private final Listener slow = new Listener();
        private final List<List<Chunk>> attempts = new ArrayList<>();
        private final Map<String, List<Chunk>> taken = new HashMap<>();

        History(Random random) {
            this.random = random;
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                attempts.add(attempt(i));
            }
        }

        void play() {
            while (attempts.stream().anyMatch(chunks -> !chunks.isEmpty())) {
                List<Chunk> of = attempts.get(random.nextInt(attempts.size()));
                if (!of.isEmpty()) {
                    take(of.removeFirst());
                }
                eager.listen(drafts);
                if (random.nextInt(10) == 0) {
                    slow.listenOnce(drafts);
                }
                STAGES.forEach(stage -> check(eager, stage));
            }
            drafts.end();
            slow.listen(drafts);
            STAGES.forEach(stage -> check(slow, stage));
            assertThat(budget.left()).isEqualTo(1 << 20);
        }

        int restarts() {
            return eager.restarts;
        }

        int retractions() {
            return eager.retractions;
        }

        /** Chunks of one attempt, each text of it a letter of its own; some lost, some twice. */
        private List<Chunk> attempt(int number) {
            String stage = STAGES.get(random.nextInt(STAGES.size()));
            Epoch epoch = new Epoch(1 + random.nextInt(3), 1 + random.nextInt(2), "a" + number);
            List<Chunk> chunks = new ArrayList<>();
            int length = random.nextInt(6);
            for (int seq = 0; seq < length; seq++) {
                String text = String.valueOf((char) ('a' + number)).repeat(random.nextInt(3));
                int copies = random.nextInt(15) == 0 ? 0 : 1 + random.nextInt(2);
                chunks.addAll(Collections.nCopies(copies, Records.draft(stage, epoch, seq, text)));
            }
            if (random.nextInt(6) == 0) {
                chunks.add(Records.retracted(stage, epoch));
            }
            return chunks;
        }

        private void take(Chunk chunk) {
            taken.computeIfAbsent(chunk.getStage(), s -> new ArrayList<>()).add(chunk);
            drafts.take(chunk);
        }

        private void check(Listener listener, String stage) {
            assertThat(listener.text(stage)).as(stage).isEqualTo(due(stage));
        }

        private String due(String stage) {
            List<Chunk> all = taken.getOrDefault(stage, List.of());
            int lastRetraction = -1;
            for (int i = 0; i < all.size(); i++) {
                lastRetraction = all.get(i).getRetracted() ? i : lastRetraction;
            }
            Epoch undone = newest(all.subList(0, lastRetraction + 1));
            Epoch newest = newest(all);
            boolean shown =
                    newest != null
                            && (undone == null
                                    || EpochOrder.OLDEST_FIRST.compare(newest, undone) > 0);
            return shown ? contiguous(all, Objects.requireNonNull(newest)) : "";
        }

        /** Of two with the same numbers the first one seen. */
        private static @Nullable Epoch newest(List<Chunk> chunks) {
            Epoch newest = null;
            for (Chunk chunk : chunks) {
                if (newest == null
                        || EpochOrder.OLDEST_FIRST.compare(chunk.getEpoch(), newest) > 0) {
                    newest = chunk.getEpoch();
                }
            }
            return newest;
        }

        private static String contiguous(List<Chunk> chunks, Epoch epoch) {
            StringBuilder text = new StringBuilder();
            for (int seq = 0; ; seq++) {
                int wanted = seq;
                Stream<Chunk> found =
                        chunks.stream()
                                .filter(c -> !c.getRetracted() && c.getSeq() == wanted)
                                .filter(c -> EpochOrder.same(c.getEpoch(), epoch));
                Chunk first = found.findFirst().orElse(null);
                if (first == null) {
                    return text.toString();
                }
                text.append(first.getText());
            }
        }
    }

    private static final class Listener {

        private final Drafts.Told told = new Drafts.Told();
        private final Map<String, String> texts = new HashMap<>();
        private int restarts;
        private int retractions;

        String text(String stage) {
            return texts.getOrDefault(stage, "");
        }

        void listen(Drafts drafts) {
            while (listenOnce(drafts)) {
                // Until nothing is left to tell.
            }
        }

        boolean listenOnce(Drafts drafts) {
            if (!(drafts.next(told).orElse(null) instanceof OpenRequest.Step.Draft step)) {
                return false;
            }
            switch (step.update()) {
                case StageUpdate.Text text -> {
                    assertThat(text.text()).isNotEmpty();
                    texts.merge(text.stage(), text.text(), String::concat);
                }
                case StageUpdate.Restarted restarted -> {
                    restarts++;
                    texts.remove(restarted.stage());
                }
                case StageUpdate.Retracted retracted -> {
                    retractions++;
                    assertThat(texts.remove(retracted.stage())).isNotNull();
                }
            }
            return true;
        }
    }
}
