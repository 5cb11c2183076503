package dev.brigade.bench.evaluation;

/** Who is to answer. */
sealed interface Target {

    /** For people. */
    String title();

    /** A preset of the system. */
    record OfPreset(String id) implements Target {
        @Override
        public String title() {
            return "preset " + id;
        }
    }

    /** A mode with the models that the system chooses. */
    record OfMode(String mode) implements Target {
        @Override
        public String title() {
            return "mode " + mode;
        }
    }

    /** One call of one model. */
    record OfModel(String id) implements Target {
        @Override
        public String title() {
            return "model " + id;
        }
    }
}
