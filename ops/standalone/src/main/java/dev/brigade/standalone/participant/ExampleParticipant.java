package dev.brigade.standalone.participant;

import dev.brigade.client.CompensationHandler;
import dev.brigade.client.CompensationParticipant;
import dev.brigade.client.ParticipantSettings;
import dev.brigade.client.Undo;
import dev.brigade.schema.Compensation;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An example of a participant: it hears on a preset's {@code compensation_topic} what to undo, and
 * keeps in a ledger what it has undone. Take it as a pattern, with your own effects and your own
 * table in place of the ledger.
 *
 * <p>What matters in it: the effect and the note of it are stored before the answer is given, and
 * what is noted already is answered without doing it again. So it may be killed at any point, and
 * whatever is delivered twice is undone once.
 */
public final class ExampleParticipant implements CompensationHandler {

    private final Ledger ledger;
    private final Trouble trouble;
    private final Consumer<String> say;
    private int delivered;

    /**
     * @param say takes a line for each delivery
     */
    ExampleParticipant(Ledger ledger, Trouble trouble, Consumer<String> say) {
        this.ledger = ledger;
        this.trouble = trouble;
        this.say = say;
    }

    /** Takes part until the process ends. The topic is the participant's own: it makes it. */
    public static int run(
            ParticipantArguments arguments, ParticipantSettings settings, Consumer<String> say)
            throws IOException, InterruptedException {
        OwnTopic.create(settings.bootstrapServers(), settings.topic());
        try (Ledger ledger = Ledger.open(arguments.ledger());
                CompensationParticipant participant =
                        CompensationParticipant.start(
                                settings,
                                new ExampleParticipant(ledger, arguments.trouble(), say))) {
            Thread closing =
                    Thread.ofPlatform().name("participant-close").unstarted(participant::close);
            Runtime.getRuntime().addShutdownHook(closing);
            say.accept(
                    "undoing what %s says; undone before: %d"
                            .formatted(settings.topic(), ledger.size()));
            participant.stopped().join();
        }
        return 0;
    }

    @Override
    public Undo undo(Compensation compensation) throws IOException, InterruptedException {
        delivered++;
        String what =
                "%s attempt %d"
                        .formatted(compensation.getCompensationId(), compensation.getAttempt());
        if (delivered <= trouble.silentFirst()) {
            say.accept(what + ": silent");
            // Nobody counts it down: a participant that hangs.
            new CountDownLatch(1).await(trouble.silence().toMillis(), TimeUnit.MILLISECONDS);
            return Undo.failed("was silent, as it was told to be");
        }
        if (delivered <= trouble.silentFirst() + trouble.failFirst()) {
            say.accept(what + ": failed");
            return Undo.failed("failed, as it was told to");
        }
        if (ledger.has(compensation.getCompensationId())) {
            say.accept(what + ": was undone before");
            return Undo.done();
        }
        // Here an application would undo its own effect, in one transaction with the note.
        ledger.note(compensation.getCompensationId());
        say.accept(what + ": undone");
        return Undo.done();
    }
}
