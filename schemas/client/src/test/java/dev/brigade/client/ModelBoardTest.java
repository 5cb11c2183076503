package dev.brigade.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.schema.ModelState;
import dev.brigade.schema.WorkerStatus;
import org.junit.jupiter.api.Test;

class ModelBoardTest {

    private final TestingBoard workers = new TestingBoard();
    private final ModelBoard board = workers.board;

    @Test
    void aHeartbeatOfTheHistoryHoldsFromTheBrokersTime() {
        workers.at(1_000_000);
        workers.said("w", ModelState.READY, 989_999);
        workers.said("v", ModelState.READY, 995_000);
        board.goLive();

        assertThat(board.workers()).extracting(WorkerStatus::getWorkerId).containsExactly("v");
        workers.at(1_005_000);
        assertThat(board.workers()).isEmpty();
    }

    @Test
    void aLiveHeartbeatHoldsFromItsArrivalWhateverTheBrokersClockSays() {
        board.goLive();
        workers.at(1_000_000);
        workers.said("w", ModelState.READY, 1);

        workers.at(1_000_000 + TestingBoard.TTL_MS - 1);
        assertThat(board.workers()).hasSize(1);
        workers.at(1_000_000 + TestingBoard.TTL_MS);
        assertThat(board.workers()).isEmpty();
    }

    @Test
    void modelsAreToldWithTheWorkersThatHaveThem() {
        board.goLive();
        workers.describes("b");
        workers.describes("a");
        workers.says("w", ModelState.READY, null);

        assertThat(board.models()).extracting(ModelInfo::id).containsExactly("a", "b");
        assertThat(board.models()).extracting(ModelInfo::ready).containsExactly(true, false);
    }

    @Test
    void aModelThatIsOnlyLoadingIsNotReady() {
        board.goLive();
        workers.describes("a");
        workers.says("w", ModelState.LOADING, null);

        assertThat(board.models().getFirst().ready()).isFalse();
        assertThat(board.models().getFirst().onWorkers()).hasSize(1);
    }

    @Test
    void aTombstoneRemoves() {
        board.goLive();
        workers.describes("a");
        workers.says("w", ModelState.READY, null);
        workers.forgets("a");
        workers.leaves("w");

        assertThat(board.models()).isEmpty();
        assertThat(board.workers()).isEmpty();
    }
}
