package dev.brigade.contract.serde;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The contract's schemas in every version ever published, under fixed ids. They are read from
 * {@code schemas.index}, whose lines name id, version and file; a published line is never changed.
 * Subjects are the records' full names.
 */
public final class BuiltInSchemas implements SchemaRegistry {

    private static final BuiltInSchemas INSTANCE =
            new BuiltInSchemas("/dev/brigade/contract/versions/");

    private final Map<Integer, Version> byId = new HashMap<>();
    private final Map<Long, Integer> idByFingerprint = new HashMap<>();

    /** Holds the contract's schemas only: any other is refused and not kept. */
    private final Map<Schema, Integer> idBySchema = new ConcurrentHashMap<>();

    private BuiltInSchemas(String folder) {
        for (String line : read(folder + "schemas.index").lines().toList()) {
            String[] fields = line.split(" ", -1);
            Schema schema = new Schema.Parser().parse(read(folder + fields[2]));
            int id = Integer.parseInt(fields[0]);
            byId.put(id, new Version(id, Integer.parseInt(fields[1]), schema));
            idByFingerprint.put(SchemaNormalization.parsingFingerprint64(schema), id);
        }
    }

    /** The one instance; it never changes. */
    public static BuiltInSchemas instance() {
        return INSTANCE;
    }

    @Override
    public int idOf(Schema schema) {
        // A fingerprint writes the whole schema out as text, which costs more than to encode a
        // record.
        return idBySchema.computeIfAbsent(schema, this::publishedId);
    }

    private int publishedId(Schema schema) {
        return find(schema)
                .map(Version::id)
                .orElseThrow(() ->
                        new IllegalStateException(
                                schema.getFullName() + " is not a schema of the contract"));
    }

    @Override
    public Optional<Schema> byId(int id) {
        return Optional.ofNullable(byId.get(id)).map(Version::schema);
    }

    /** The published version that reads and writes the same bytes as {@code schema}. */
    public Optional<Version> find(Schema schema) {
        return Optional.ofNullable(
                        idByFingerprint.get(SchemaNormalization.parsingFingerprint64(schema)))
                .map(byId::get);
    }

    /** Every published version, by subject and version. */
    public List<Version> versions() {
        List<Version> all = new ArrayList<>(byId.values());
        all.sort(Comparator.comparing(Version::subject).thenComparingInt(Version::version));
        return List.copyOf(all);
    }

    private static String read(String resource) {
        try (InputStream in = BuiltInSchemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A published schema.
     *
     * @param id id in the wire format
     * @param version version within the subject, from 1
     */
    public record Version(int id, int version, Schema schema) {

        /** Subject: the record's full name. */
        public String subject() {
            return schema.getFullName();
        }
    }
}
