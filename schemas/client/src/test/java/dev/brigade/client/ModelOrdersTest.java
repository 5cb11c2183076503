package dev.brigade.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ControlCommand;
import dev.brigade.schema.LoadModel;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.UnloadModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ModelOrdersTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final TestingBoard workers = new TestingBoard();
    private final List<ControlCommand> sent = new ArrayList<>();
    private Consumer<ControlCommand> then = command -> {};
    private final ModelOrders orders =
            new ModelOrders(
                    () -> workers.board,
                    command -> {
                        sent.add(command);
                        then.accept(command);
                        return CompletableFuture.completedFuture(null);
                    });

    @Test
    void aModelIsLoadedWhenEveryWorkerThatNamesItHasCarriedTheOrderOut() {
        workers.says("v", ModelState.UNLOADED, null);
        workers.says("w", ModelState.UNLOADED, null);
        then =
                command -> {
                    workers.says("v", ModelState.READY, command.getCommandId());
                    workers.says("w", ModelState.READY, command.getCommandId());
                };

        assertThat(orders.load("a", LONG))
                .extracting(on -> on.workerId() + " " + on.model().getState())
                .containsExactly("v READY", "w READY");
        assertThat(sent).extracting(ControlCommand::getCommand).containsExactly(new LoadModel("a"));
        assertThat(sent.getFirst().getWorkerId()).isNull();
    }

    @Test
    void aModelThatWasNeverDescribedCanBeLoadedWhereAWorkerNamesIt() {
        workers.says("w", ModelState.UNLOADED, null);
        then = command -> workers.says("w", ModelState.READY, command.getCommandId());

        assertThat(orders.load("a", LONG)).hasSize(1);
    }

    @Test
    void whatIsStillLoadingWhenPatienceEndsIsToldAsItIs() {
        workers.says("w", ModelState.UNLOADED, null);
        then = command -> workers.says("w", ModelState.LOADING, null);

        assertThat(orders.load("a", SHORT).getFirst().model().getState())
                .isEqualTo(ModelState.LOADING);
    }

    @Test
    void anEarlierFailureIsNotTakenForThisOne() {
        workers.fails("w", "no file", "earlier");
        then = command -> workers.says("w", ModelState.READY, command.getCommandId());

        assertThat(orders.load("a", LONG).getFirst().model().getState())
                .isEqualTo(ModelState.READY);
    }

    @Test
    void whenNoWorkerCanLoadItTheirReasonsAreTold() {
        workers.says("v", ModelState.UNLOADED, null);
        workers.says("w", ModelState.UNLOADED, null);
        then =
                command -> {
                    workers.fails("v", "no memory", command.getCommandId());
                    workers.fails("w", "no file", command.getCommandId());
                };

        Failure failure = failureOf(() -> orders.load("a", LONG));
        assertThat(failure.code()).isEqualTo(ErrorCode.ENGINE_ERROR);
        assertThat(failure.message())
                .isEqualTo("the model could not be loaded: v: no memory; w: no file");
    }

    @Test
    void oneWorkerThatCouldLoadItIsEnough() {
        workers.says("v", ModelState.UNLOADED, null);
        workers.says("w", ModelState.UNLOADED, null);
        then =
                command -> {
                    workers.fails("v", "no memory", command.getCommandId());
                    workers.says("w", ModelState.READY, command.getCommandId());
                };

        assertThat(orders.load("a", LONG)).hasSize(2);
    }

    @Test
    void aModelIsUnloadedWhenItsWorkerSaysSoAndNotWhenItTakesNoMoreJobs() {
        workers.says("w", ModelState.READY, "earlier");
        then = command -> workers.says("w", ModelState.UNLOADED, "earlier");
        assertThat(orders.unload("a", SHORT)).hasSize(1);

        then = command -> workers.says("w", ModelState.UNLOADED, command.getCommandId());
        long begun = System.nanoTime();
        assertThat(orders.unload("a", LONG)).hasSize(1);
        assertThat(System.nanoTime() - begun).isLessThan(LONG.toNanos());
        assertThat(sent)
                .extracting(ControlCommand::getCommand)
                .containsExactly(new UnloadModel("a"), new UnloadModel("a"));
    }

    @Test
    void aWorkerThatHasObeyedAnotherOrderSinceIsNotWaitedFor() {
        workers.says("w", ModelState.READY, "earlier");
        then = command -> workers.says("w", ModelState.UNLOADED, "later");

        long begun = System.nanoTime();
        orders.unload("a", LONG);
        assertThat(System.nanoTime() - begun).isLessThan(LONG.toNanos());
    }

    @Test
    void aWorkerThatLeavesIsNotWaitedForAndTheLastOneIsMissed() {
        workers.says("v", ModelState.UNLOADED, null);
        workers.says("w", ModelState.UNLOADED, null);
        then =
                command -> {
                    workers.leaves("v");
                    workers.says("w", ModelState.READY, command.getCommandId());
                };
        assertThat(orders.load("a", LONG)).hasSize(1);

        workers.describes("a");
        then = command -> workers.leaves("w");
        assertThat(failureOf(() -> orders.load("a", LONG)).code())
                .isEqualTo(ErrorCode.NO_CAPABLE_MODEL);
    }

    @Test
    void nothingIsSentForAModelThatNoLiveWorkerNames() {
        Failure unknown = failureOf(() -> orders.load("b", LONG));
        assertThat(unknown.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(unknown.param()).isEqualTo("model");

        workers.describes("b");
        assertThat(failureOf(() -> orders.unload("b", LONG)).code())
                .isEqualTo(ErrorCode.NO_CAPABLE_MODEL);
        assertThat(sent).isEmpty();
    }

    private static Failure failureOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(BrigadeException.class, call).failure();
    }
}
