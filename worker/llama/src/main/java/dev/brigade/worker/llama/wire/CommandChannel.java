package dev.brigade.worker.llama.wire;

import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Constraint;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@link Command}s on a stream. */
public final class CommandChannel {

    private static final int LOAD = 1;
    private static final int GENERATE = 2;
    private static final int CANCEL = 3;
    private static final int PING = 4;

    private static final int RAW = 0;
    private static final int CHAT = 1;

    private static final int NONE = 0;
    private static final int JSON_OBJECT = 1;
    private static final int JSON_SCHEMA = 2;

    private CommandChannel() {}

    /**
     * A frame with the command.
     *
     * @throws WireException when it is over the frame limit
     */
    public static void write(DataOutputStream out, Command command) throws IOException {
        Channels.write(out, encode(command));
    }

    /** The next command; empty at the end of the stream. */
    public static Optional<Command> read(DataInputStream in) throws IOException {
        Optional<byte[]> body = Channels.read(in);
        return body.isEmpty() ? Optional.empty() : Optional.of(decode(new BodyReader(body.get())));
    }

    private static byte[] encode(Command command) {
        return switch (command) {
            case Command.Load load ->
                    new BodyWriter(LOAD)
                            .text(load.file())
                            .i32(load.contextLength())
                            .i32(load.slots())
                            .i32(load.gpuLayers())
                            .i32(load.threads())
                            .truth(load.chatTemplate().isPresent())
                            .text(load.chatTemplate().orElse(""))
                            .bytes();
            case Command.Generate(int id, GenerationRequest request) ->
                    encode(new BodyWriter(GENERATE).i32(id), request);
            case Command.Cancel(int id) -> new BodyWriter(CANCEL).i32(id).bytes();
            case Command.Ping(long number) -> new BodyWriter(PING).i64(number).bytes();
        };
    }

    private static byte[] encode(BodyWriter out, GenerationRequest request) {
        out.text(request.id());
        switch (request.prompt()) {
            case Prompt.Raw(String text) -> out.i8(RAW).text(text);
            case Prompt.Chat(List<Message> messages) ->
                    out.i8(CHAT).list(messages, m -> out.text(m.role()).text(m.content()));
        }
        out.optional(request.maxTokens())
                .optional(request.totalTokens())
                .optional(request.temperature())
                .optional(request.topP())
                .optional(request.topK())
                .optional(request.minP())
                .optional(request.seed())
                .optional(request.presencePenalty())
                .optional(request.frequencyPenalty())
                .optional(request.repeatPenalty())
                .list(request.stop(), out::text);
        switch (request.constraint()) {
            case Constraint.None() -> out.i8(NONE);
            case Constraint.JsonObject() -> out.i8(JSON_OBJECT);
            case Constraint.JsonSchema(String schema) -> out.i8(JSON_SCHEMA).text(schema);
        }
        return out.bytes();
    }

    private static Command decode(BodyReader in) throws WireException {
        int type = in.i8();
        return switch (type) {
            case LOAD -> load(in);
            case GENERATE -> new Command.Generate(in.i32(), request(in));
            case CANCEL -> new Command.Cancel(in.i32());
            case PING -> new Command.Ping(in.i64());
            default -> throw new WireException("an unknown command " + type);
        };
    }

    private static Command.Load load(BodyReader in) throws WireException {
        String file = in.text();
        int contextLength = in.i32();
        int slots = in.i32();
        int gpuLayers = in.i32();
        int threads = in.i32();
        boolean chat = in.truth();
        String template = in.text();
        return new Command.Load(
                file,
                contextLength,
                slots,
                gpuLayers,
                threads,
                chat ? Optional.of(template) : Optional.empty());
    }

    private static GenerationRequest request(BodyReader in) throws WireException {
        return new GenerationRequest(
                in.text(),
                prompt(in),
                in.optionalInt(),
                in.optionalInt(),
                in.optionalDouble(),
                in.optionalDouble(),
                in.optionalInt(),
                in.optionalDouble(),
                in.optionalLong(),
                in.optionalDouble(),
                in.optionalDouble(),
                in.optionalDouble(),
                in.list(in::text),
                constraint(in));
    }

    private static Prompt prompt(BodyReader in) throws WireException {
        if (in.i8() == RAW) {
            return new Prompt.Raw(in.text());
        }
        List<Message> messages = in.list(() -> new Message(in.text(), in.text()));
        if (messages.isEmpty()) {
            throw new WireException("a chat without messages");
        }
        return new Prompt.Chat(messages);
    }

    private static Constraint constraint(BodyReader in) throws WireException {
        int kind = in.i8();
        return switch (kind) {
            case NONE -> new Constraint.None();
            case JSON_OBJECT -> new Constraint.JsonObject();
            case JSON_SCHEMA -> new Constraint.JsonSchema(in.text());
            default -> throw new WireException("an unknown constraint " + kind);
        };
    }
}
