package dev.brigade.worker.pool;

import dev.brigade.schema.ModelState;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.pool.Serving.Served;

/** How far a model of the pool is. */
sealed interface Place {

    /** Memory that is its, in MiB. */
    long memoryMb();

    /** As others see it. */
    ModelState state();

    /** On disk. */
    record Unloaded() implements Place {
        @Override
        public long memoryMb() {
            return 0;
        }

        @Override
        public ModelState state() {
            return ModelState.UNLOADED;
        }
    }

    /**
     * On its way in.
     *
     * @param memoryMb reserved for it, by estimate
     */
    record Loading(long memoryMb, int progress) implements Place {
        @Override
        public ModelState state() {
            return ModelState.LOADING;
        }
    }

    /** In memory, and taking jobs. */
    record Loaded(LoadedModel model, Served served) implements Place {
        @Override
        public long memoryMb() {
            return model.facts().memoryMb();
        }

        @Override
        public ModelState state() {
            return switch (model.health()) {
                case READY -> ModelState.READY;
                case RESTARTING -> ModelState.RESTARTING;
                case FAILED -> ModelState.FAILED;
            };
        }
    }

    /** On its way out; it takes no new jobs. */
    record Leaving(long memoryMb) implements Place {
        @Override
        public ModelState state() {
            return ModelState.UNLOADED;
        }
    }

    /**
     * Not loaded, and not for want of trying.
     *
     * @param reason one line
     * @param file as it was when it failed
     * @param lastLook as it was at the last look
     */
    record Failed(String reason, ModelFile file, ModelFile lastLook) implements Place {
        @Override
        public long memoryMb() {
            return 0;
        }

        @Override
        public ModelState state() {
            return ModelState.FAILED;
        }
    }
}
