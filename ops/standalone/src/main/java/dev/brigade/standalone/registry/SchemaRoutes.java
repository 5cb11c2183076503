package dev.brigade.standalone.registry;

import static dev.brigade.standalone.registry.RegistryAnswer.error;
import static dev.brigade.standalone.registry.RegistryAnswer.ok;

import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.serde.BuiltInSchemas.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the registry answers, apart from how it comes and goes. A schema of the contract is found
 * and "registered" under any subject, since clients name subjects by their own rules (by record, by
 * topic); its id is the same everywhere. Nothing can be added.
 */
final class SchemaRoutes {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final BuiltInSchemas schemas;

    SchemaRoutes(BuiltInSchemas schemas) {
        this.schemas = schemas;
    }

    /** Answers a GET for the path's segments. */
    RegistryAnswer get(List<String> path) {
        if (path.isEmpty()) {
            return ok(Map.of());
        }
        List<String> rest = path.subList(1, path.size());
        return switch (path.getFirst()) {
            case "subjects" -> subjects(rest);
            case "schemas" -> schemas(rest);
            case "config" -> ok(Map.of("compatibilityLevel", "BACKWARD_TRANSITIVE"));
            case "mode" -> ok(Map.of("mode", "READONLY"));
            default -> noSuchPath();
        };
    }

    /** Answers a POST: a lookup, or a registration of what is there already. */
    RegistryAnswer post(List<String> path, String body) {
        boolean lookup = path.size() == 2;
        boolean registration = path.size() == 3 && path.get(2).equals("versions");
        if (!(lookup || registration) || !path.getFirst().equals("subjects")) {
            return noSuchPath();
        }
        Schema schema;
        try {
            schema = posted(body);
        } catch (JacksonException e) {
            return error(400, "the body is not a JSON object with a field schema");
        } catch (AvroRuntimeException e) {
            return error(42201, "Invalid schema: " + e.getMessage());
        }
        String subject = path.get(1);
        Optional<Version> known = schemas.find(schema);
        if (lookup) {
            return known.map(version -> described(subject, version))
                    .orElseGet(() -> error(40403, "Schema not found"));
        }
        return known.map(version -> ok(Map.of("id", version.id())))
                .orElseGet(() -> readOnly(subject));
    }

    private static Schema posted(String body) {
        JsonNode schema = JSON.readTree(body).path("schema");
        if (!schema.isString()) {
            throw new AvroRuntimeException("the field schema must be a string");
        }
        return new Schema.Parser().parse(schema.asString());
    }

    private RegistryAnswer subjects(List<String> path) {
        if (path.isEmpty()) {
            return ok(schemas.versions().stream().map(Version::subject).distinct().toList());
        }
        String subject = path.getFirst();
        List<Version> versions = versionsOf(subject);
        if (versions.isEmpty()) {
            return error(40401, "Subject '" + subject + "' not found.");
        }
        if (path.size() < 2 || !path.get(1).equals("versions")) {
            return noSuchPath();
        }
        if (path.size() == 2) {
            return ok(versions.stream().map(Version::version).toList());
        }
        return version(path.subList(2, path.size()), versions);
    }

    private static RegistryAnswer version(List<String> path, List<Version> versions) {
        String wanted = path.getFirst();
        if (!wanted.equals("latest") && !wanted.matches("[1-9][0-9]{0,8}")) {
            return error(
                    42202,
                    "The specified version '%s' is not a valid version id.".formatted(wanted));
        }
        Optional<Version> found =
                wanted.equals("latest")
                        ? Optional.of(versions.getLast())
                        : versions.stream()
                                .filter(v -> v.version() == Integer.parseInt(wanted))
                                .findFirst();
        if (found.isEmpty()) {
            return error(40402, "Version " + wanted + " not found.");
        }
        if (path.size() == 1) {
            return described(found.get().subject(), found.get());
        }
        return path.equals(List.of(wanted, "schema"))
                ? ok(JSON.readTree(found.get().schema().toString()))
                : noSuchPath();
    }

    private RegistryAnswer schemas(List<String> path) {
        if (path.equals(List.of("types"))) {
            return ok(List.of("AVRO"));
        }
        if (path.size() < 2 || !path.getFirst().equals("ids")) {
            return noSuchPath();
        }
        String id = path.get(1);
        Optional<Version> found =
                schemas.versions().stream()
                        .filter(v -> Integer.toString(v.id()).equals(id))
                        .findFirst();
        if (found.isEmpty()) {
            return error(40403, "Schema " + id + " not found");
        }
        Version version = found.get();
        return switch (path.size() == 2 ? "" : path.get(2)) {
            case "" -> ok(Map.of("schema", version.schema().toString()));
            case "schema" -> ok(JSON.readTree(version.schema().toString()));
            case "subjects" -> ok(List.of(version.subject()));
            case "versions" ->
                    ok(
                            List.of(
                                    Map.of(
                                            "subject", version.subject(),
                                            "version", version.version())));
            default -> noSuchPath();
        };
    }

    private List<Version> versionsOf(String subject) {
        return schemas.versions().stream().filter(v -> v.subject().equals(subject)).toList();
    }

    private static RegistryAnswer described(String subject, Version version) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("subject", subject);
        body.put("version", version.version());
        body.put("id", version.id());
        body.put("schema", version.schema().toString());
        return ok(body);
    }

    private static RegistryAnswer readOnly(String subject) {
        return error(
                40301,
                "Subject '%s' takes no new schema: this registry is read-only and serves the"
                                .formatted(subject)
                        + " schemas of Brigade's contract.");
    }

    private static RegistryAnswer noSuchPath() {
        return error(404, "HTTP 404 Not Found");
    }
}
