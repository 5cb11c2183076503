package dev.brigade.contract.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.schema.BatchJob;
import dev.brigade.schema.BatchJobCancel;
import dev.brigade.schema.CancelRequest;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Claim;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.ControlCommand;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Job;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.QueueEvent;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ResultPart;
import dev.brigade.schema.StoredFile;
import dev.brigade.schema.UsageRecord;
import dev.brigade.schema.WorkerStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Evolution is BACKWARD_TRANSITIVE: the newest classes read whatever any earlier version wrote. A
 * change to a schema needs a new version file and a new line in {@code schemas.index}.
 */
class SchemaHistoryTest {

    private static final SchemaValidator READS_ALL_EARLIER =
            new SchemaValidatorBuilder().canReadStrategy().validateAll();

    static Stream<Schema> current() {
        return Stream.of(
                InferenceRequest.getClassSchema(),
                CancelRequest.getClassSchema(),
                Job.getClassSchema(),
                QueueEvent.getClassSchema(),
                InferenceEvent.getClassSchema(),
                Chunk.getClassSchema(),
                Reply.getClassSchema(),
                ControlCommand.getClassSchema(),
                WorkerStatus.getClassSchema(),
                ModelDescription.getClassSchema(),
                UsageRecord.getClassSchema(),
                Claim.getClassSchema(),
                Compensation.getClassSchema(),
                ResultPart.getClassSchema(),
                StoredFile.getClassSchema(),
                BatchJob.getClassSchema(),
                BatchJobCancel.getClassSchema());
    }

    @ParameterizedTest
    @MethodSource("current")
    void theCurrentSchemaReadsEveryPublishedVersion(Schema current)
            throws SchemaValidationException {
        READS_ALL_EARLIER.validate(current, published(current.getFullName()));
    }

    @ParameterizedTest
    @MethodSource("current")
    void theCurrentSchemaIsTheNewestPublishedVersion(Schema current) {
        List<Schema> published = published(current.getFullName());

        assertThat(published).isNotEmpty();
        assertThat(plain(published.getLast())).isEqualTo(plain(current));
        assertThat(BuiltInSchemas.instance().find(current)).isPresent();
    }

    @ParameterizedTest
    @MethodSource("current")
    void everyRecordEnumAndFieldIsDocumented(Schema current) {
        List<String> undocumented = new ArrayList<>();
        visit(current, new HashSet<>(), undocumented);

        assertThat(undocumented).isEmpty();
    }

    @Test
    void everyPublishedSubjectIsCurrent() {
        Set<String> current = current().map(Schema::getFullName).collect(Collectors.toSet());

        assertThat(BuiltInSchemas.instance().versions())
                .extracting(BuiltInSchemas.Version::subject)
                .hasSameElementsAs(current);
    }

    @Test
    void idsAreUniqueAndVersionsCountFromOneWithoutGaps() {
        List<BuiltInSchemas.Version> all = BuiltInSchemas.instance().versions();
        assertThat(all).hasSize(indexLines().size());
        assertThat(indexLines().stream().map(line -> line.split(" ", -1)[0]))
                .doesNotHaveDuplicates();
        assertThat(indexLines().stream().map(line -> line.split(" ", -1)[2]))
                .doesNotHaveDuplicates();

        Map<String, List<Integer>> versions = new LinkedHashMap<>();
        all.forEach(v ->
                versions.computeIfAbsent(v.subject(), s -> new ArrayList<>()).add(v.version()));
        versions.forEach((subject, numbers) -> {
            for (int i = 0; i < numbers.size(); i++) {
                assertThat(numbers.get(i)).as(subject).isEqualTo(i + 1);
            }
        });
    }

    /** Clients in other languages have these ids in their data: a line is never changed. */
    @Test
    void idsThatWerePublishedKeepTheirMeaning() {
        Map<Integer, String> subjects =
                BuiltInSchemas.instance().versions().stream()
                        .collect(
                                Collectors.toMap(
                                        BuiltInSchemas.Version::id,
                                        v -> v.schema().getName() + " " + v.version(),
                                        (one, other) -> one));
        assertThat(subjects)
                .containsEntry(1, "InferenceRequest 1")
                .containsEntry(2, "CancelRequest 1")
                .containsEntry(3, "Job 1")
                .containsEntry(4, "QueueEvent 1")
                .containsEntry(5, "InferenceEvent 1")
                .containsEntry(6, "Chunk 1")
                .containsEntry(7, "Reply 1")
                .containsEntry(8, "ControlCommand 1")
                .containsEntry(9, "WorkerStatus 1")
                .containsEntry(10, "ModelDescription 1")
                .containsEntry(11, "UsageRecord 1")
                .containsEntry(12, "Claim 1")
                .containsEntry(13, "InferenceRequest 2")
                .containsEntry(14, "Job 2")
                .containsEntry(15, "QueueEvent 2")
                .containsEntry(16, "InferenceEvent 2")
                .containsEntry(17, "Chunk 2")
                .containsEntry(18, "Reply 2")
                .containsEntry(19, "ControlCommand 2")
                .containsEntry(20, "ModelDescription 2")
                .containsEntry(21, "Claim 2")
                .containsEntry(22, "Compensation 1")
                .containsEntry(23, "InferenceRequest 3")
                .containsEntry(24, "Job 3")
                .containsEntry(25, "QueueEvent 3")
                .containsEntry(26, "InferenceEvent 3")
                .containsEntry(27, "Chunk 3")
                .containsEntry(28, "Reply 3")
                .containsEntry(29, "ModelDescription 3")
                .containsEntry(30, "UsageRecord 2")
                .containsEntry(31, "ResultPart 1")
                .containsEntry(32, "StoredFile 1")
                .containsEntry(33, "BatchJob 1")
                .containsEntry(34, "BatchJobCancel 1");
    }

    @Test
    void theCheckCatchesAFieldWithoutADefault() {
        Schema now = withField("{\"name\":\"added\",\"type\":\"string\"}");
        Schema before = withField("{\"name\":\"old\",\"type\":\"string\"}");

        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> READS_ALL_EARLIER.validate(now, List.of(before)))
                .isInstanceOf(SchemaValidationException.class);
    }

    private static Schema withField(String field) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + field + "]}");
    }

    /** The schema with docs and defaults, without what generated classes say of Java's types. */
    private static String plain(Schema schema) {
        return schema.toString()
                .replace(",\"avro.java.string\":\"String\"", "")
                .replace("{\"type\":\"string\"}", "\"string\"");
    }

    private static List<Schema> published(String subject) {
        return BuiltInSchemas.instance().versions().stream()
                .filter(version -> version.subject().equals(subject))
                .map(BuiltInSchemas.Version::schema)
                .toList();
    }

    private static List<String> indexLines() {
        try (var in =
                SchemaHistoryTest.class.getResourceAsStream(
                        "/dev/brigade/contract/versions/schemas.index")) {
            return new String(
                            java.util.Objects.requireNonNull(in).readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void visit(Schema schema, Set<String> seen, List<String> undocumented) {
        Function<String, Boolean> isBlank = doc -> doc == null || doc.isBlank();
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    if (isBlank.apply(schema.getDoc())) {
                        undocumented.add(schema.getFullName());
                    }
                    for (Schema.Field field : schema.getFields()) {
                        if (isBlank.apply(field.doc())) {
                            undocumented.add(schema.getFullName() + "." + field.name());
                        }
                        visit(field.schema(), seen, undocumented);
                    }
                }
            }
            case ENUM -> {
                if (isBlank.apply(schema.getDoc())) {
                    undocumented.add(schema.getFullName());
                }
            }
            case ARRAY -> visit(schema.getElementType(), seen, undocumented);
            case MAP -> visit(schema.getValueType(), seen, undocumented);
            case UNION -> schema.getTypes().forEach(type -> visit(type, seen, undocumented));
            default -> {
                // Primitives carry no text of their own.
            }
        }
    }
}
