package dev.brigade.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.reply.EpochOrder;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Epoch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random histories of several attempts at one or, now and then, two final stages, whose chunks keep
 * their order within an attempt and are otherwise interleaved at random, with duplicates, gaps,
 * drafts and the terminal anywhere; checked against a model that knows the whole history.
 */
class ReplyAssemblerHistoryTest {

    private static final int HISTORIES = 20_000;

    @Test
    void noHistoryMixesAttempts() {
        long seed = Long.getLong("brigade.seed", 20_261_121);
        Random seeds = new Random(seed);
        int completed = 0;
        int lost = 0;
        for (int i = 0; i < HISTORIES; i++) {
            long one = seeds.nextLong();
            try {
                if (new History(new Random(one)).play()) {
                    completed++;
                } else {
                    lost++;
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("history with seed " + one + " of " + seed, e);
            }
        }
        assertThat(completed).as("completed, seed %d", seed).isGreaterThan(HISTORIES / 10);
        assertThat(lost).as("lost, seed %d", seed).isGreaterThan(HISTORIES / 100);
    }

    private static final class History {

        private final Random random;
        private final List<Attempt> attempts = new ArrayList<>();
        private final ReplyAssembler assembler = new ReplyAssembler(new TextBudget(1 << 20));
        private String shown = "";

        History(Random random) {
            this.random = random;
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                Epoch epoch = new Epoch(1 + random.nextInt(3), 1 + random.nextInt(2), "a" + i);
                String stage = random.nextInt(4) == 0 ? "refine-2" : "refine";
                // Two letters only, so that attempts often share a beginning.
                attempts.add(new Attempt(stage, epoch, randomText(), random));
            }
        }

        /** Plays it out; whether the request completed. */
        boolean play() {
            String finalStage = attempts.get(random.nextInt(attempts.size())).stage;
            Attempt winner =
                    attempts.stream()
                            .filter(a -> a.stage.equals(finalStage))
                            .max(newest())
                            .orElseThrow();
            int total = attempts.stream().mapToInt(a -> a.chunks.size()).sum();
            int terminalAt = random.nextInt(total + 1);
            List<Chunk> taken = new ArrayList<>();
            for (int i = 0; i < terminalAt; i++) {
                step(taken);
            }
            Ending ending = assembler.end(Records.completed(winner.epoch, winner.text));
            if (ending instanceof Ending.Completed done) {
                assertThat(winner.text).startsWith(shown);
                assertThat(done.answer().text()).isEqualTo(winner.text);
                assertThat(assembler.shownFrom(0)).isEqualTo(winner.text);
            } else {
                assertThat(((Ending.Failed) ending).failure().code())
                        .isEqualTo(ErrorCode.ATTEMPT_LOST);
                assertThat(winner.text).doesNotStartWith(shown);
            }
            String after = assembler.shownFrom(0);
            for (int i = terminalAt; i < total; i++) {
                next().ifPresent(assembler::take);
                assertThat(assembler.shownFrom(0)).isEqualTo(after);
            }
            return ending instanceof Ending.Completed;
        }

        private void step(List<Chunk> taken) {
            if (random.nextInt(3) == 0) {
                draft();
            }
            next().ifPresent(chunk -> take(chunk, taken));
            if (!taken.isEmpty() && random.nextInt(4) == 0) {
                take(taken.get(random.nextInt(taken.size())), taken);
            }
        }

        /** A draft of any stage and attempt, which changes nothing. */
        private void draft() {
            Attempt like = attempts.get(random.nextInt(attempts.size()));
            String stage = random.nextBoolean() ? like.stage : "critique-1";
            Epoch epoch = random.nextBoolean() ? like.epoch : new Epoch(9, 9, "draft");
            assembler.take(Records.draft(stage, epoch, random.nextInt(4), "b"));
            assertThat(assembler.shownFrom(0)).isEqualTo(shown);
        }

        private void take(Chunk chunk, List<Chunk> taken) {
            taken.add(chunk);
            assembler.take(chunk);
            String now = assembler.shownFrom(0);
            assertThat(now).as("shown text only grows").startsWith(shown);
            if (now.length() > shown.length()) {
                Attempt newest = newestSeen(taken);
                assertThat(chunk.getEpoch()).isEqualTo(newest.epoch);
                assertThat(newest.text).as("all that is shown is the newest's").startsWith(now);
            }
            assertThat(now).as("nothing is held back without cause").startsWith(due(taken));
            shown = now;
        }

        /** What must be shown at least: the newest attempt's text, where it repeats all before. */
        private String due(List<Chunk> taken) {
            Attempt newest = newestSeen(taken);
            String soFar = newest.contiguous(taken);
            return soFar.startsWith(shown) ? soFar : "";
        }

        private Attempt newestSeen(List<Chunk> taken) {
            Attempt newest = null;
            Set<String> stages = new HashSet<>();
            for (Chunk chunk : taken) {
                Attempt of = attemptOf(chunk);
                boolean newStage = stages.add(of.stage);
                boolean newer =
                        newest != null
                                && of.stage.equals(newest.stage)
                                && EpochOrder.OLDEST_FIRST.compare(of.epoch, newest.epoch) > 0;
                if (newStage || newer) {
                    newest = of;
                }
            }
            return java.util.Objects.requireNonNull(newest);
        }

        private Attempt attemptOf(Chunk chunk) {
            return attempts.stream()
                    .filter(a -> EpochOrder.same(a.epoch, chunk.getEpoch()))
                    .findFirst()
                    .orElseThrow();
        }

        private java.util.Optional<Chunk> next() {
            List<Attempt> left = attempts.stream().filter(a -> a.sent < a.chunks.size()).toList();
            if (left.isEmpty()) {
                return java.util.Optional.empty();
            }
            Attempt of = left.get(random.nextInt(left.size()));
            return java.util.Optional.of(of.chunks.get(of.sent++));
        }

        private String randomText() {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(12);
            for (int i = 0; i < length; i++) {
                text.append(random.nextInt(6) == 0 ? 'b' : 'a');
            }
            return text.toString();
        }

        private static Comparator<Attempt> newest() {
            return (one, other) -> EpochOrder.OLDEST_FIRST.compare(one.epoch, other.epoch);
        }
    }

    private static final class Attempt {

        private final String stage;
        private final Epoch epoch;
        private final String text;
        private final List<Chunk> chunks = new ArrayList<>();
        private int sent;

        Attempt(String stage, Epoch epoch, String text, Random random) {
            this.stage = stage;
            this.epoch = epoch;
            this.text = text;
            int seq = 0;
            for (int at = 0; at < text.length(); ) {
                int to = Math.min(text.length(), at + 1 + random.nextInt(4));
                Chunk chunk = Records.chunk(stage, epoch, seq++, text.substring(at, to));
                // Now and then one is lost.
                if (random.nextInt(15) != 0) {
                    chunks.add(chunk);
                }
                at = to;
            }
        }

        /** Its text from the first chunk up to the first gap, of what was taken. */
        String contiguous(List<Chunk> taken) {
            StringBuilder all = new StringBuilder();
            for (int seq = 0; ; seq++) {
                @Nullable Chunk found = null;
                for (Chunk chunk : taken) {
                    if (chunk.getSeq() == seq && EpochOrder.same(chunk.getEpoch(), epoch)) {
                        found = chunk;
                    }
                }
                if (found == null) {
                    return all.toString();
                }
                all.append(found.getText());
            }
        }
    }
}
