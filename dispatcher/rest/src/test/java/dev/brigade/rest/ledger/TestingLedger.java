package dev.brigade.rest.ledger;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ledger in memory, which servers may share; the one that takes the turn last has it. */
public final class TestingLedger {

    private final LedgerRecords records = new LedgerRecords();
    // Guarded by this.
    private @Nullable TestingTurn holder;

    /** One server's view. It has no turn until it takes it. */
    public View view() {
        return new View();
    }

    private synchronized void apply(List<Entry> entries) {
        entries.forEach(records::take);
    }

    /** What one server sees. */
    public final class View implements Ledger {

        private volatile @Nullable TestingTurn mine;

        /** Takes the turn from whoever has it. */
        public View takeTurn() {
            synchronized (TestingLedger.this) {
                TestingTurn begun = new TestingTurn();
                holder = begun;
                mine = begun;
            }
            return this;
        }

        @Override
        public LedgerRecords records() {
            return records;
        }

        @Override
        public void put(List<Entry> entries) {
            apply(entries);
        }

        @Override
        public Optional<Turn> turn() {
            return Optional.<Turn>ofNullable(mine).filter(Turn::held);
        }
    }

    private final class TestingTurn implements Turn {

        @Override
        public boolean held() {
            synchronized (TestingLedger.this) {
                return holder == this;
            }
        }

        @Override
        public void write(List<Entry> entries) {
            synchronized (TestingLedger.this) {
                if (!held()) {
                    throw new TurnLostException();
                }
                apply(entries);
            }
        }
    }
}
