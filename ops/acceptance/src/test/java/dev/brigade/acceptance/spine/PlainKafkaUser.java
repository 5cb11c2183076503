package dev.brigade.acceptance.spine;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who has read the README and has Kafka's and Avro's own libraries, and nothing of
 * Brigade's: schemas come from the registry, records are generic.
 */
final class PlainKafkaUser implements AutoCloseable {

    private final String registryUrl;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.shared();
    private final Map<Integer, Schema> schemas = new HashMap<>();

    PlainKafkaUser(String bootstrapServers, String registryUrl) {
        this.registryUrl = registryUrl;
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new StringSerializer(),
                        new ByteArraySerializer());
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_committed"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of("inference.replies", "inference.tokens")) {
            consumer.partitionsFor(topic)
                    .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Publishes a chat under an own id. */
    void ask(String id, String model, String question) throws Exception {
        JsonNode latest = get("/subjects/dev.brigade.schema.InferenceRequest/versions/latest");
        Schema request = new Schema.Parser().parse(latest.path("schema").asString());
        Schema chat = request.getField("input").schema().getTypes().getFirst();
        Schema message = chat.getField("messages").schema().getElementType();
        GenericRecord said =
                new GenericRecordBuilder(message)
                        .set("role", "user")
                        .set("content", question)
                        .build();
        GenericRecord value =
                new GenericRecordBuilder(request)
                        .set(
                                "input",
                                new GenericRecordBuilder(chat)
                                        .set("messages", List.of(said))
                                        .build())
                        .set("model", model)
                        .build();
        byte[] bytes = encode(latest.path("id").asInt(), value);
        producer.send(new ProducerRecord<>("inference.requests", id, bytes))
                .get(10, TimeUnit.SECONDS);
    }

    /**
     * What came for an id until its one reply: the text put together from the chunks, and the
     * reply.
     */
    Heard await(String id) {
        StringBuilder text = new StringBuilder();
        List<GenericRecord> replies = new ArrayList<>();
        Awaitility.await("the reply to " + id)
                .atMost(Duration.ofSeconds(60))
                .pollInSameThread()
                .until(() -> {
                    for (ConsumerRecord<String, byte[]> record :
                            consumer.poll(Duration.ofMillis(100))) {
                        if (!id.equals(record.key())) {
                            continue;
                        }
                        GenericRecord value = decode(record.value());
                        if (record.topic().equals("inference.tokens")) {
                            text.append(value.get("text"));
                        } else {
                            replies.add(value);
                        }
                    }
                    return !replies.isEmpty() && !text.isEmpty();
                });
        return new Heard(text.toString(), replies.getFirst());
    }

    record Heard(String chunks, GenericRecord reply) {}

    private byte[] encode(int id, GenericRecord value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataOutputStream header = new DataOutputStream(out);
        header.writeByte(0);
        header.writeInt(id);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(value.getSchema()).write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private GenericRecord decode(byte[] bytes) throws Exception {
        int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
        Schema schema = schemas.get(id);
        if (schema == null) {
            schema = new Schema.Parser().parse(get("/schemas/ids/" + id).path("schema").asString());
            schemas.put(id, schema);
        }
        // An own data model, since the default one would make Brigade's classes where it finds
        // them.
        return new GenericDatumReader<GenericRecord>(schema, schema, new GenericData())
                .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));
    }

    private JsonNode get(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(registryUrl + path))
                        .timeout(Duration.ofSeconds(10))
                        .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode());
        }
        return json.readTree(answer.body());
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close();
    }
}
