package dev.brigade.dispatcher.planning;

import dev.brigade.config.OrchestrationConfig;
import dev.brigade.config.PresetsConfig;
import dev.brigade.config.PromptsConfig;
import dev.brigade.dispatcher.routing.TestingFleet;
import java.nio.file.Path;
import java.util.Map;

/** Orchestration for tests: short rounds, few samples, and the prompts that are shipped. */
public final class TestingPlanner {

    /** Undoes its effects on the topic {@code undo}. */
    public static final String WITH_EFFECTS = "with-effects";

    public static final OrchestrationConfig CONFIG = config("default_mode: single");

    public static final PresetsConfig PRESETS =
            PresetsConfig.parse(
                    """
                    presets:
                      one: {description: d, mode: single, stages: [{answer: quick}]}
                      critics:
                        description: d
                        mode: critique
                        max_rounds: 1
                        threshold: 0.5
                        stages: [{generate: quick}, {critique: primary}]
                      talkers:
                        description: d
                        mode: debate
                        max_rounds: 2
                        stages: [{answer: primary}, {answer: quick}, {reconcile: quick}]
                      choir:
                        description: d
                        mode: ensemble
                        min_agreement: 0.9
                        stages: [{answer: primary}, {answer: quick}, {answer: spare}, {synthesise: spare}]
                      solo:
                        description: d
                        mode: ensemble
                        samples: 2
                        stages: [{answer: quick}, {synthesise: quick}]
                      line: {description: d, mode: pipeline, stages: [{draft: quick}, {refine: primary}]}
                      with-effects:
                        description: d
                        mode: pipeline
                        compensation_topic: undo
                        stages: [{draft: quick}, {refine: primary}, {refine: quick}, {validate: primary}]
                    """,
                    "presets.yaml");

    public static final PromptsConfig PROMPTS = PromptsConfig.read(Path.of("../../config/prompts"));

    private TestingPlanner() {}

    public static Planner planner() {
        return new Planner(TestingFleet.router(), CONFIG, PRESETS);
    }

    /** With this default mode or preset, as a line of the file. */
    public static OrchestrationConfig config(String defaults) {
        return OrchestrationConfig.parse(
                defaults
                        + """

                        critique: {max_rounds: 2, threshold: 0.8}
                        debate: {max_rounds: 2, min_agreement: 0.7, max_participants: 3, reconcile_model: primary}
                        ensemble: {min_agreement: 0.7, samples: 3, temperature: 0.8, synthesis_model: primary}
                        pipeline: {stages: [draft, refine, validate]}
                        fanout: {window: 2}
                        batch: {part_size: 3, window: 2}
                        """,
                "orchestration.yaml",
                Map.of());
    }
}
