package dev.brigade.worker.llama.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Constraint;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChannelsTest {

    private static final List<Command> COMMANDS =
            List.of(
                    new Command.Load("/a/ü.gguf", 4096, 4, -1, 2, Optional.of("{{ x }}")),
                    new Command.Load("/b", 16, 1, 0, 1, Optional.empty()),
                    new Command.Generate(1, GenerationRequest.of("r", new Prompt.Raw("\0😀"))),
                    new Command.Generate(
                            2,
                            new GenerationRequest(
                                    "r2",
                                    new Prompt.Chat(List.of(new Message("user", "hi"))),
                                    OptionalInt.of(7),
                                    OptionalInt.of(900),
                                    OptionalDouble.of(0.5),
                                    OptionalDouble.of(0.25),
                                    OptionalInt.of(40),
                                    OptionalDouble.empty(),
                                    OptionalLong.of(-9),
                                    OptionalDouble.empty(),
                                    OptionalDouble.of(-1),
                                    OptionalDouble.empty(),
                                    List.of("a", "b"),
                                    new Constraint.JsonSchema("{}"))),
                    new Command.Cancel(2),
                    new Command.Ping(Long.MAX_VALUE));

    private static final List<Report> REPORTS =
            List.of(
                    new Report.Loading(Report.Stage.WEIGHTS),
                    new Report.Loaded(true),
                    new Report.LoadFailed("no"),
                    new Report.Piece(3, "é", 2),
                    new Report.Done(3, Report.End.LENGTH, 10, 20, -1),
                    new Report.Failed(4, "engine_error", "m"),
                    new Report.Pong(5));

    @Test
    void everyCommandComesBackAsItWas() throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(commands()));
        for (Command command : COMMANDS) {
            assertThat(CommandChannel.read(in)).contains(command);
        }
        assertThat(CommandChannel.read(in)).isEmpty();
    }

    @Test
    void everyReportComesBackAsItWas() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Report report : REPORTS) {
            ReportChannel.write(new DataOutputStream(bytes), report);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        for (Report report : REPORTS) {
            assertThat(ReportChannel.read(in)).contains(report);
        }
        assertThat(ReportChannel.read(in)).isEmpty();
    }

    @Test
    void aFrameOverTheLimitIsRefusedBeforeItIsRead() {
        byte[] claim = ByteBuffer.allocate(4).putInt(Channels.MOST_BYTES + 1).array();
        assertThatThrownBy(() ->
                        ReportChannel.read(new DataInputStream(new ByteArrayInputStream(claim))))
                .isInstanceOf(WireException.class);
        Command large =
                new Command.Generate(
                        1,
                        GenerationRequest.of("r", new Prompt.Raw("x".repeat(Channels.MOST_BYTES))));
        assertThatThrownBy(() ->
                        CommandChannel.write(
                                new DataOutputStream(new ByteArrayOutputStream()), large))
                .isInstanceOf(WireException.class);
    }

    @Test
    void garbageIsAnIoException() throws IOException {
        long seed = Long.getLong("brigade.seed", 1);
        Random random = new Random(seed);
        byte[] good = commands();
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length));
            for (int change = 0; change < 3 && bytes.length > 0; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            try {
                while (CommandChannel.read(in).isPresent()) {
                    assertThat(in.available()).isNotNegative();
                }
            } catch (IOException e) {
                assertThat(e).isNotNull();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static byte[] commands() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Command command : COMMANDS) {
            CommandChannel.write(new DataOutputStream(bytes), command);
        }
        return bytes.toByteArray();
    }
}
