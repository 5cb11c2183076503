package dev.brigade.bench.generation;

import dev.brigade.bench.programs.BenchModel;
import dev.brigade.client.Answer;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ChatRequest;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.Failure;
import dev.brigade.client.StreamListener;
import dev.brigade.client.TextDelta;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests through Kafka, by the Java client. */
final class KafkaClient implements Way {

    private final BrigadeClient client;

    KafkaClient(String bootstrapServers) {
        this.client = BrigadeClient.open(ClientSettings.of(bootstrapServers));
    }

    @Override
    public String name() {
        return "Kafka client";
    }

    @Override
    public Generated generate(Prompt prompt) throws InterruptedException {
        ChatRequest request =
                ChatRequest.builder()
                        .user(prompt.text())
                        .model(BenchModel.ID)
                        .maxTokens(prompt.maxTokens())
                        .temperature(0)
                        .seed(Way.SEED)
                        .build();
        Text text = new Text();
        try {
            Answer answer =
                    client.stream(request, new Listener(text))
                            .answer()
                            .get(Way.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return text.generated(answer.completionTokens());
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no answer through Kafka", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** The future tells how it ended. */
    private record Listener(Text text) implements StreamListener {
        @Override
        public void onText(TextDelta delta) {
            text.append(delta.text());
        }

        @Override
        public void onDone(Answer answer) {}

        @Override
        public void onFailed(Failure failure) {}
    }
}
