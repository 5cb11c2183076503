package dev.brigade.dispatcher.saga;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a request lives through, as scripts by name. The table test runs the same scripts. */
abstract class Scripts {

    private final Map<String, Consumer<Saga>> scripts = new LinkedHashMap<>();

    /** All scripts there are. */
    static Map<String, Consumer<Saga>> all() {
        var all = new LinkedHashMap<String, Consumer<Saga>>();
        for (Scripts each :
                List.of(
                        new SingleScripts(),
                        new StageScripts(),
                        new FailureScripts(),
                        new CritiqueScripts(),
                        new DebateScripts(),
                        new EnsembleScripts(),
                        new PipelineScripts(),
                        new MapScripts(),
                        new EmbeddedScripts(),
                        new TaskScripts(),
                        new BatchScripts(),
                        new BudgetScripts(),
                        new CompensationScripts(),
                        new ResumeScripts())) {
            each.scripts.forEach((name, script) -> {
                if (all.put(name, script) != null) {
                    throw new IllegalStateException("two scripts: " + name);
                }
            });
        }
        return all;
    }

    final void script(String name, Consumer<Saga> script) {
        if (scripts.put(name, script) != null) {
            throw new IllegalStateException("two scripts: " + name);
        }
    }
}
