package dev.brigade.acceptance.orchestration;

import dev.brigade.acceptance.system.TestModels;

/**
 * Four deterministic models, one of each role, and what they say. A case is known by a word in the
 * user's message, which every prompt of a stage repeats as its task.
 *
 * <p>By role: alpha writes, reconciles, synthesises and validates; beta criticises and refines;
 * gamma drafts. All of them debate.
 */
final class Troupe {

    static final String PRESETS =
            """
            presets:
              trio:
                description: three say the same and one does not
                mode: ensemble
                stages:
                  - answer: alpha
                  - answer: beta
                  - answer: gamma
                  - answer: delta
                  - synthesise: alpha
              duo:
                description: one of the two is never up
                mode: debate
                stages:
                  - answer: alpha
                  - answer: ghost
                  - reconcile: alpha
              fixed:
                description: a pipeline whose models are never replaced
                mode: pipeline
                stages:
                  - draft: gamma
                  - refine: beta
                  - validate: alpha
              effects:
                description: a pipeline with effects outside
                mode: pipeline
                compensation_topic: shop.effects
                stages:
                  - draft: gamma
                  - refine: beta
                  - validate: alpha
              flaky:
                description: a participant that fails at first
                mode: pipeline
                compensation_topic: shop.flaky
                stages:
                  - draft: gamma
                  - refine: beta
                  - validate: alpha
              silent:
                description: a participant that is silent at first
                mode: pipeline
                compensation_topic: shop.silent
                stages:
                  - draft: gamma
                  - refine: beta
                  - validate: alpha
            """;

    private static final String ALPHA =
            """
            - {when: case-pass, job: /draft/, say: A draft that passes.}
            - {when: case-best, job: /draft/, say: The first draft.}
            - {when: case-best, job: /revise-1/, say: The second draft.}
            - {when: case-best, job: /revise-2/, say: The third draft.}
            - {when: case-lost, job: /draft/, say: All there is.}
            - {when: case-late, job: /draft/, say: Early.}
            - {when: case-late, job: /revise-1/, tokens_per_second: 1}
            - {when: case-agree, job: /answer-, say: "Answer: 42"}
            - {when: case-quarrel, job: /answer-, say: "Answer: 1"}
            - {when: case-quarrel, job: /reconcile/, say: It could be any of four.}
            - {when: case-absent, job: /answer-, say: "Answer: 7"}
            - {when: case-majority, say: "Answer: Paris"}
            - {when: case-split, job: /answer-, say: "Answer: Paris"}
            - {when: case-split, job: /synthesise/, say: Paris or Lyon.}
            - {when: case-samples, say: ["Answer: Paris", "Answer: Paris", "Answer: Paris", "Answer: Paris", "Answer: Lyon"]}
            - {when: case-accept, job: /validate/, say: '{"reasons":["fine"],"score":8,"verdict":"accept"}'}
            - {when: case-back, job: /validate/, say: '{"reasons":["too short"],"score":3,"verdict":"revise"}'}
            - {when: case-retry, job: /validate/, say: '{"reasons":[],"score":9,"verdict":"accept"}'}
            - {when: case-elsewhere, job: /validate/, say: '{"reasons":[],"score":9,"verdict":"accept"}'}
            - {when: case-resume, job: /validate/, say: '{"reasons":[],"score":9,"verdict":"accept"}'}
            - {when: case-forged, job: /validate/, say: '{"reasons":[],"score":9,"verdict":"accept"}'}
            - {when: case-undo, job: /validate/, fail: invalid_request}
            - {when: case-item-bad, fail: invalid_request}
            - {when: case-item, say: An item.}
            - {when: case-smaller, say: Alone.}
            """;

    private static final String BETA =
            """
            - {when: case-pass, job: /critique-1/, say: '{"issues":[],"score":9}'}
            - {when: case-best, job: /critique-1/, say: '{"issues":[{"quote":"first","problem":"dull"}],"score":6}'}
            - {when: case-best, job: /critique-2/, say: '{"issues":[],"score":7}'}
            - {when: case-best, job: /critique-3/, say: '{"issues":[],"score":3}'}
            - {when: case-lost, fail: invalid_request}
            - {when: case-late, job: /critique-1/, say: '{"issues":[],"score":2}'}
            - {when: case-agree, say: "Answer: 42"}
            - {when: case-quarrel, say: "Answer: 2"}
            - {when: case-absent, fail: invalid_request}
            - {when: case-majority, say: "Answer: Paris"}
            - {when: case-split, say: "Answer: Paris"}
            - {when: case-accept, job: /refine/, say: A refined text.}
            - {when: case-back, job: /refine/, say: Short.}
            - {when: case-back, job: /refine-2/, say: A much longer text.}
            - {when: case-retry, job: /refine/, fail: engine_error, times: 1, say: At the second try.}
            - {when: case-elsewhere, job: /refine/, fail: engine_error}
            - {when: case-resume, job: /refine/, fail: invalid_request, times: 1, say: Resumed.}
            """;

    private static final String GAMMA =
            """
            - {when: case-agree, say: "Answer: 42"}
            - {when: case-quarrel, say: "Answer: 3"}
            - {when: case-absent, say: "Answer: 7"}
            - {when: case-majority, say: "Answer: Paris"}
            - {when: case-split, say: "Answer: Lyon"}
            """;

    private static final String DELTA =
            """
            - {when: case-agree, say: "Answer: 42"}
            - {when: case-quarrel, say: "Answer: 4"}
            - {when: case-absent, say: "Answer: 7"}
            - {when: case-majority, say: "Answer: Lyon"}
            - {when: case-split, say: "Answer: Lyon"}
            """;

    private Troupe() {}

    static TestModels models() {
        return new TestModels()
                .deterministic("alpha", "primary", 4096, 8, ALPHA)
                .deterministic("beta", "thinker", 4096, 8, BETA)
                .deterministic("gamma", "fast", 4096, 8, GAMMA)
                .deterministic("delta", "coder", 4096, 8, DELTA)
                .absent("ghost", "longctx");
    }
}
