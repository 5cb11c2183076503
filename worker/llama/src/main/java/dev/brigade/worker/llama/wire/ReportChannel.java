package dev.brigade.worker.llama.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/** {@link Report}s on a stream. */
public final class ReportChannel {

    private static final int LOADING = 1;
    private static final int LOADED = 2;
    private static final int LOAD_FAILED = 3;
    private static final int PIECE = 4;
    private static final int DONE = 5;
    private static final int FAILED = 6;
    private static final int PONG = 7;

    private ReportChannel() {}

    /** A frame with the report. */
    public static void write(DataOutputStream out, Report report) throws IOException {
        Channels.write(out, encode(report));
    }

    /** The next report; empty at the end of the stream. */
    public static Optional<Report> read(DataInputStream in) throws IOException {
        Optional<byte[]> body = Channels.read(in);
        return body.isEmpty() ? Optional.empty() : Optional.of(decode(new BodyReader(body.get())));
    }

    private static byte[] encode(Report report) {
        return switch (report) {
            case Report.Loading(Report.Stage stage) ->
                    new BodyWriter(LOADING).text(stage.name()).bytes();
            case Report.Loaded(boolean json) -> new BodyWriter(LOADED).truth(json).bytes();
            case Report.LoadFailed(String message) ->
                    new BodyWriter(LOAD_FAILED).text(message).bytes();
            case Report.Piece(int id, String text, int tokens) ->
                    new BodyWriter(PIECE).i32(id).text(text).i32(tokens).bytes();
            case Report.Done done ->
                    new BodyWriter(DONE)
                            .i32(done.id())
                            .text(done.end().name())
                            .i32(done.promptTokens())
                            .i32(done.completionTokens())
                            .i64(done.firstTokenMs())
                            .bytes();
            case Report.Failed(int id, String code, String message) ->
                    new BodyWriter(FAILED).i32(id).text(code).text(message).bytes();
            case Report.Pong(long number) -> new BodyWriter(PONG).i64(number).bytes();
        };
    }

    private static Report decode(BodyReader in) throws WireException {
        int type = in.i8();
        return switch (type) {
            case LOADING -> new Report.Loading(in.constant(Report.Stage.class));
            case LOADED -> new Report.Loaded(in.truth());
            case LOAD_FAILED -> new Report.LoadFailed(in.text());
            case PIECE -> new Report.Piece(in.i32(), in.text(), in.i32());
            case DONE ->
                    new Report.Done(
                            in.i32(), in.constant(Report.End.class), in.i32(), in.i32(), in.i64());
            case FAILED -> new Report.Failed(in.i32(), in.text(), in.text());
            case PONG -> new Report.Pong(in.i64());
            default -> throw new WireException("an unknown report " + type);
        };
    }
}
