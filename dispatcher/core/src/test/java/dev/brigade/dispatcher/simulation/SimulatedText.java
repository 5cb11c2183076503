package dev.brigade.dispatcher.simulation;

import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.ResponseFormat;
import dev.brigade.dispatcher.request.Usage;

/** What engines say: answers that agree or not, and judgements that can be read or not. */
final class SimulatedText {

    private SimulatedText() {}

    /** A text that is recognised wherever it turns up. */
    static String of(Job job, Epoch epoch, World world) {
        if (!job.input().asksForText()) {
            return "";
        }
        return job.sampling().responseFormat().kind() == ResponseFormat.Kind.TEXT
                ? "words of %s; %s".formatted(epoch.attemptId(), ending(world))
                : judgement(job, world);
    }

    /** Short answers that are compared as they are, or prose that is not. */
    private static String ending(World world) {
        return world.chance(0.7)
                ? "answer: " + world.between(1, 2)
                : "nobody can say in a few words how it is with all of it, so this is how it goes";
    }

    private static String judgement(Job job, World world) {
        if (world.chance(0.1)) {
            return "{\"score\": ";
        }
        return job.stage().equals("validate")
                ? "{\"reasons\": [\"so\"], \"score\": %d, \"verdict\": \"%s\"}"
                        .formatted(world.between(0, 10), world.chance(0.5) ? "accept" : "revise")
                : "{\"issues\": [{\"quote\": \"a\", \"problem\": \"b\"}], \"score\": %d}"
                        .formatted(world.between(0, 10));
    }

    /** Within the job's share of the budget, as a worker keeps to it. */
    static Usage usage(Job job, World world) {
        int most = job.sagaTokens().orElse(2_000);
        int prompt = (int) world.between(1, Math.max(1, Math.min(200, most / 2)));
        if (!job.input().asksForText()) {
            return new Usage(prompt, 0);
        }
        int answer = Math.min(most - prompt, job.sampling().maxTokens().orElse(500));
        return new Usage(prompt, (int) world.between(0, Math.max(0, answer)));
    }
}
