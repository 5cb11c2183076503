package dev.brigade.dispatcher.planning;

import dev.brigade.config.PipelineStages;
import java.util.List;

/** The roles that the modes call on. */
final class Roles {

    static final String PRIMARY = "primary";
    static final String FAST = "fast";
    static final String CODER = "coder";
    static final String THINKER = "thinker";
    static final String LONG_CONTEXT = "longctx";

    private Roles() {}

    /** Role of a pipeline's stage. */
    static String ofStage(String stage, boolean codes) {
        return switch (stage) {
            case "draft" -> FAST;
            case "refine" -> codes ? CODER : THINKER;
            case "expand" -> LONG_CONTEXT;
            default -> PRIMARY;
        };
    }

    /** Place of a pipeline's last stage that writes. */
    static int lastWriter(List<String> stages) {
        return stages.getLast().equals(PipelineStages.VALIDATE)
                ? stages.size() - 2
                : stages.size() - 1;
    }
}
