package dev.brigade.worker.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TokenLimitTest {

    private static final OptionalInt NONE = OptionalInt.empty();

    @Test
    void theSmallestOfRequestContextAndBudgetCounts() {
        assertThat(limit(NONE, NONE, 40)).isEqualTo(new TokenLimit.Room(60));
        assertThat(limit(OptionalInt.of(10), NONE, 40)).isEqualTo(new TokenLimit.Room(10));
        assertThat(limit(OptionalInt.of(80), NONE, 40)).isEqualTo(new TokenLimit.Room(60));
        assertThat(limit(NONE, OptionalInt.of(50), 40)).isEqualTo(new TokenLimit.Room(10));
        assertThat(limit(OptionalInt.of(5), OptionalInt.of(50), 40))
                .isEqualTo(new TokenLimit.Room(5));
        assertThat(limit(OptionalInt.of(30), OptionalInt.of(50), 40))
                .isEqualTo(new TokenLimit.Room(10));
        assertThat(limit(NONE, OptionalInt.of(1_000), 40)).isEqualTo(new TokenLimit.Room(60));
        assertThat(limit(NONE, OptionalInt.of(41), 40)).isEqualTo(new TokenLimit.Room(1));
    }

    @Test
    void aPromptThatFillsTheBudgetExhaustsItForGood() {
        for (int budget : new int[] {0, 39, 40}) {
            assertThat(limit(OptionalInt.of(1), OptionalInt.of(budget), 40))
                    .isInstanceOfSatisfying(
                            TokenLimit.Full.class,
                            full -> {
                                assertThat(full.code()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED);
                                assertThat(full.code().retriable()).isFalse();
                                assertThat(full.message()).contains("40 tokens", "has " + budget);
                            });
        }
    }

    @Test
    void aPromptThatFillsTheContextIsRefusedWhateverTheBudget() {
        assertThat(limit(NONE, OptionalInt.of(10), 100))
                .isInstanceOfSatisfying(
                        TokenLimit.Full.class,
                        full ->
                                assertThat(full.code())
                                        .isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED));
        assertThat(limit(NONE, NONE, 99)).isEqualTo(new TokenLimit.Room(1));
    }

    private static TokenLimit limit(OptionalInt maxTokens, OptionalInt totalTokens, int prompt) {
        GenerationRequest request =
                GenerationRequest.builder("id", new Prompt.Raw("x"))
                        .maxTokens(maxTokens)
                        .totalTokens(totalTokens)
                        .build();
        return TokenLimit.of(request, prompt, 100);
    }
}
