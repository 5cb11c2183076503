package dev.brigade.contract.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.topic.Topic;
import dev.brigade.contract.topic.Topics;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The AsyncAPI document says what the code says: topics, their settings, schemas and headers. */
class AsyncApiTest {

    private static final Path DOCUMENT = Path.of("src/main/asyncapi/brigade.yaml");
    private static final int PARTITIONS = 7;

    private static final JsonNode ROOT = read();

    /** Topics with a name that is not known beforehand, by the address that stands for them. */
    private static Map<String, Topic> named() {
        return Map.of(
                "inference.requests.{tenant}", Topics.tenantRequests("acme", PARTITIONS),
                "inference.model.{model}", Topics.modelTopic("m"),
                "{compensationTopic}", Topics.participants("orders.undo", PARTITIONS));
    }

    private static List<Topic> fixed() {
        List<Topic> all = new ArrayList<>(Topics.catalogue(PARTITIONS));
        all.addAll(Topics.ofRestAdapter());
        return all;
    }

    @Test
    void channelsAreTheTopicsOfTheCatalogue() {
        List<String> topics = new ArrayList<>(named().keySet());
        fixed().forEach(topic -> topics.add(topic.name()));

        assertThat(channels().keySet()).containsExactlyInAnyOrderElementsOf(topics);
    }

    static Stream<Map.Entry<String, Topic>> topics() {
        Map<String, Topic> all = new LinkedHashMap<>(named());
        fixed().forEach(topic -> all.put(topic.name(), topic));
        return all.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyChannelHasItsTopicsSettings(Map.Entry<String, Topic> entry) {
        JsonNode channel = java.util.Objects.requireNonNull(channels().get(entry.getKey()));
        JsonNode kafka = channel.at("/bindings/kafka");
        Map<String, String> configs = new LinkedHashMap<>();
        kafka.path("topicConfiguration")
                .properties()
                .forEach(config -> configs.put(config.getKey(), plain(config.getValue())));

        assertThat(configs).isEqualTo(entry.getValue().configs());
        assertThat(kafka.path("partitions").asInt(PARTITIONS))
                .isEqualTo(entry.getValue().partitions());
    }

    @Test
    void messagesAreTheNewestVersionsOfEverySchema() throws IOException {
        Map<String, Schema> newest = new LinkedHashMap<>();
        BuiltInSchemas.instance().versions().forEach(v -> newest.put(v.subject(), v.schema()));
        Map<String, Schema> documented = new LinkedHashMap<>();
        for (JsonNode message : messages()) {
            if (message.has("payload")) {
                String file = message.at("/payload/schema/$ref").asString();
                Schema schema =
                        new Schema.Parser().parse(Files.readString(DOCUMENT.resolveSibling(file)));
                documented.put(message.path("name").asString(), schema);
            }
        }

        assertThat(documented).isEqualTo(newest);
    }

    @Test
    void everyMessageTravelsOnAChannelAndEveryChannelIsUsed() {
        assertThat(refs(ROOT.path("channels"), "#/components/messages/"))
                .containsOnlyOnceElementsOf(List.of("Chunk", "Reply", "Job", "DeadLetter"))
                .containsAll(names(ROOT.at("/components/messages")));
        assertThat(refs(ROOT.path("operations"), "#/channels/"))
                .containsAll(names(ROOT.path("channels")));
    }

    @Test
    void headersAreThoseOfTheContract() throws IllegalAccessException {
        List<String> documented = new ArrayList<>();
        ROOT.at("/components/schemas")
                .forEach(schema -> documented.addAll(names(schema.path("properties"))));
        List<String> names = new ArrayList<>();
        for (Field field : HeaderNames.class.getFields()) {
            names.add((String) field.get(null));
        }

        assertThat(documented).containsAll(names);
        assertThat(names).containsAll(documented);
    }

    @Test
    void everyReferenceWithinTheDocumentLeadsSomewhere() {
        List<String> local = new ArrayList<>();
        refs(ROOT).stream().filter(ref -> ref.startsWith("#")).forEach(local::add);

        assertThat(local).isNotEmpty();
        assertThat(local).noneMatch(ref -> ROOT.at(ref.substring(1)).isMissingNode());
    }

    private static Map<String, JsonNode> channels() {
        Map<String, JsonNode> byAddress = new LinkedHashMap<>();
        ROOT.path("channels")
                .forEach(channel -> byAddress.put(channel.path("address").asString(), channel));
        return byAddress;
    }

    private static List<JsonNode> messages() {
        List<JsonNode> all = new ArrayList<>();
        ROOT.at("/components/messages").forEach(all::add);
        return all;
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<String> refs(JsonNode within, String prefix) {
        return refs(within).stream()
                .filter(ref -> ref.startsWith(prefix))
                .map(ref -> ref.substring(prefix.length()))
                .toList();
    }

    private static List<String> refs(JsonNode within) {
        return within.findValues("$ref").stream().map(JsonNode::asString).toList();
    }

    private static String plain(JsonNode config) {
        if (!config.isArray()) {
            return config.asString();
        }
        List<String> parts = new ArrayList<>();
        config.forEach(part -> parts.add(part.asString()));
        return String.join(",", parts);
    }

    private static JsonNode read() {
        try (Reader in = Files.newBufferedReader(DOCUMENT)) {
            Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return JsonMapper.builder().build().valueToTree(document);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
