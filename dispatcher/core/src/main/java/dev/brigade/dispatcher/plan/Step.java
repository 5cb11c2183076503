package dev.brigade.dispatcher.plan;

import dev.brigade.dispatcher.request.Report;
import java.util.List;

/** What a plan wants next. */
public sealed interface Step {

    Step AWAIT = new Await();

    /** Start these stages, side by side. */
    record Start(List<String> stages) implements Step {
        public Start {
            stages = List.copyOf(stages);
        }
    }

    /** Nothing until another stage is over. */
    record Await() implements Step {}

    /** Note that these stages are left out, and ask again. */
    record Skip(List<Report.Skipped> skipped) implements Step {
        public Skip {
            skipped = List.copyOf(skipped);
            if (skipped.isEmpty()) {
                throw new IllegalArgumentException("nothing is skipped");
            }
        }
    }

    /** This stage's text is the request's answer. */
    record Answered(String stage, Outcome outcome) implements Step {}

    /** The request's answer is the results of these stages, in this order, whatever each is. */
    record Gathered(List<String> stages, Outcome outcome) implements Step {
        public Gathered {
            stages = List.copyOf(stages);
        }
    }

    /** Every part of a batch is over. */
    record Swept(Outcome outcome) implements Step {}

    /** This stage's failure is the request's. */
    record GiveUp(String stage) implements Step {}

    static Step start(String stage) {
        return new Start(List.of(stage));
    }

    static Step skip(List<String> stages, String reason) {
        return new Skip(stages.stream().map(id -> new Report.Skipped(id, reason)).toList());
    }
}
