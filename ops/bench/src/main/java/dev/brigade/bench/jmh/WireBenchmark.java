package dev.brigade.bench.jmh;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.SchemaRegistry;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.Job;
import dev.brigade.schema.Message;
import dev.brigade.schema.Priority;
import dev.brigade.schema.Sampling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A chunk in the wire format and back, and a job, whose schema is the largest, to it. The baselines
 * are Avro alone: one writer, reader, encoder, decoder and buffer for all, without header, schema
 * id and checks.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
public class WireBenchmark {

    private final AvroWire wire = new AvroWire(SchemaRegistry.of(Optional.empty()));
    private final Chunk chunk =
            Chunk.newBuilder()
                    .setRequestId("0199a3c4-5d6e-7002-8abc-0123456789ab")
                    .setStage("answer")
                    .setEpoch(new Epoch(1, 1, "4f9a1e0c-7a57-4f4e-9a55-0d2b8f6c1e11"))
                    .setSeq(42)
                    .setText(" partition")
                    .setTokens(1)
                    .setModel("brigade-demo-primary")
                    .build();
    private final SpecificDatumWriter<Chunk> writer = new SpecificDatumWriter<>(Chunk.class);
    private final SpecificDatumReader<Chunk> reader = new SpecificDatumReader<>(Chunk.class);
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);
    private final BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[1], null);
    private final byte[] wired = wire.encode(chunk);
    private final byte[] plain = plain(chunk, writer);

    private final Job job =
            Job.newBuilder()
                    .setJobId("0199a3c4-5d6e-7002-8abc-0123456789ab/answer/1")
                    .setRequestId("0199a3c4-5d6e-7002-8abc-0123456789ab")
                    .setStage("answer")
                    .setDispatch(1)
                    .setModel("brigade-demo-primary")
                    .setTenant("default")
                    .setPriority(Priority.NORMAL)
                    .setInput(
                            new ChatInput(
                                    List.of(new Message("user", "What is a partition?", null))))
                    .setSampling(Sampling.newBuilder().setMaxTokens(64).build())
                    .setDeadlineAt(1_763_632_800_000L)
                    .setBudgetMs(120_000L)
                    .setHomePartition(1)
                    .setReplyPartition(2)
                    .setStream(true)
                    .build();
    private final SpecificDatumWriter<Job> jobWriter = new SpecificDatumWriter<>(Job.class);

    /** To the wire format. */
    @Benchmark
    public byte[] encode() {
        return wire.encode(chunk);
    }

    /** From the wire format. */
    @Benchmark
    public Chunk decode() throws UndecodableException {
        return wire.decode(wired, Chunk.class);
    }

    /** Avro's body alone. */
    @Benchmark
    public byte[] baselineEncode() {
        return plain(chunk, writer);
    }

    /** A job to the wire format. */
    @Benchmark
    public byte[] encodeJob() {
        return wire.encode(job);
    }

    /** Avro's body of a job alone. */
    @Benchmark
    public byte[] baselineEncodeJob() {
        return plain(job, jobWriter);
    }

    /** Avro's body alone. */
    @Benchmark
    public Chunk baselineDecode() throws IOException {
        return reader.read(null, DecoderFactory.get().binaryDecoder(plain, decoder));
    }

    private <T> byte[] plain(T value, SpecificDatumWriter<T> with) {
        buffer.reset();
        try {
            with.write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.toByteArray();
    }
}
