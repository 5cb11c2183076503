package dev.brigade.acceptance.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.client.ClassifyAnswer;
import dev.brigade.client.ClassifyRequest;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.EmbeddingAnswer;
import dev.brigade.client.EmbeddingRequest;
import dev.brigade.client.RerankAnswer;
import dev.brigade.client.RerankRequest;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.schema.Classification;
import dev.brigade.schema.Embeddings;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Ranking;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.Usage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors, scores and classifications over the real broker. */
class OutputTest extends ClientTest {

    @TempDir Path folder;

    @Override
    ClientSettings.Builder settings() {
        return super.settings().payloads(folder.toString());
    }

    @Test
    void vectorsComeFromTheReplyOrFromThePayloadStore() throws Exception {
        CompletableFuture<EmbeddingAnswer> inline = client.send(EmbeddingRequest.of("a"));
        other.reply(
                answer(
                        other.nextRecord(),
                        vectors().setVectors(ByteBuffer.wrap(bytes(0.5f, -1))).build()));
        CompletableFuture<EmbeddingAnswer> stored = client.send(EmbeddingRequest.of("b"));
        PayloadStore store = PayloadStores.open(folder.toString());
        other.reply(
                answer(
                        other.nextRecord(),
                        vectors()
                                .setStored(store.put(bytes(0.25f, 2), "application/octet-stream"))
                                .build()));

        assertThat(inline.get(20, TimeUnit.SECONDS).vectors())
                .containsExactly(new float[] {0.5f, -1});
        assertThat(stored.get(20, TimeUnit.SECONDS).vectors())
                .containsExactly(new float[] {0.25f, 2});
    }

    @Test
    void documentsAreRated() throws Exception {
        CompletableFuture<RerankAnswer> rated =
                client.send(RerankRequest.of("q", List.of("a", "b")));

        other.reply(answer(other.nextRecord(), new Ranking(List.of(0.1, 0.7))));

        assertThat(rated.get(20, TimeUnit.SECONDS).bestFirst()).containsExactly(1, 0);
    }

    @Test
    void alargeImageTravelsThroughThePayloadStore() throws Exception {
        byte[] image = new byte[5 << 20];
        image[0] = 7;
        CompletableFuture<ClassifyAnswer> answer = client.send(ClassifyRequest.of(image));
        ConsumerRecord<String, byte[]> record = other.nextRecord();

        assertThat(record.serializedValueSize()).isLessThan(1000);
        ImageInput sent = (ImageInput) other.decode(record, InferenceRequest.class).getInput();
        assertThat(PayloadStores.open(folder.toString()).read(sent.getStored(), image.length))
                .isEqualTo(image);
        other.reply(
                answer(
                        record,
                        Classification.newBuilder().setLabel("discard").setConfidence(1).build()));
        assertThat(answer.get(20, TimeUnit.SECONDS).label()).isEqualTo("discard");
    }

    private static Embeddings.Builder vectors() {
        return Embeddings.newBuilder().setCount(1).setDimensions(2);
    }

    private static byte[] bytes(float first, float second) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(first)
                .putFloat(second)
                .array();
    }

    private static Reply answer(ConsumerRecord<String, byte[]> request, Object output) {
        return OtherSide.reply(request.key(), ReplyStatus.COMPLETED)
                .setText("")
                .setModel("m")
                .setUsage(new Usage(3, 0))
                .setOutput(output)
                .build();
    }
}
