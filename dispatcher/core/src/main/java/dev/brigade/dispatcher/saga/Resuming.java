package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.plan.Pipeline;
import dev.brigade.dispatcher.plan.Step;
import dev.brigade.dispatcher.request.Checkpoint;
import dev.brigade.dispatcher.request.Checkpoint.StageCheckpoint;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a pipeline that ends unanswered leaves to the next request with its idempotency key, and
 * what that one takes over: the stages that are done, while the stages' names and the input are the
 * same. Stages whose effects outside are undone leave nothing.
 */
final class Resuming {

    private Resuming() {}

    /** Empty where nothing can be gone on from. */
    static Optional<Checkpoint> checkpoint(RequestState state) {
        if (!(state.plan() instanceof Pipeline pipeline)
                || state.request().idempotencyKey().isEmpty()
                || state.charter().compensationTopic().isPresent()) {
            return Optional.empty();
        }
        List<StageCheckpoint> done =
                state.stages().stream()
                        .flatMap(stage ->
                                stage.answer().stream()
                                        .map(answer ->
                                                new StageCheckpoint(
                                                        stage.id(), stage.model(), answer)))
                        .toList();
        return done.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Checkpoint(
                                state.request().id(),
                                digest(pipeline, state.request().input()),
                                done));
    }

    /** The state with the stages of the checkpoint done, as far as the plan wants them. */
    static RequestState adopt(
            RequestState state, Checkpoint checkpoint, Limits limits, long nowMs) {
        if (!(state.plan() instanceof Pipeline pipeline)
                || state.charter().compensationTopic().isPresent()
                || !checkpoint.plan().equals(digest(pipeline, state.request().input()))) {
            return state;
        }
        RequestState adopted = state;
        for (StageCheckpoint done : checkpoint.stages()) {
            Step wanted = pipeline.next(new View(adopted, limits, nowMs));
            if (!wanted.equals(Step.start(done.stage()))) {
                break;
            }
            adopted =
                    adopted.with(
                            StageState.resumed(done.stage(), done.model(), done.answer(), nowMs));
        }
        return adopted;
    }

    /** SHA-256 of the stages' names and the input; lengths keep the parts apart. */
    private static String digest(Pipeline pipeline, Input input) {
        MessageDigest sha = sha256();
        add(sha, "pipeline");
        pipeline.names().forEach(name -> add(sha, name));
        if (input instanceof Input.Chat chat) {
            for (Message message : chat.messages()) {
                add(sha, message.role());
                add(sha, message.name().orElse(""));
                add(sha, message.content());
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void add(MessageDigest sha, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
