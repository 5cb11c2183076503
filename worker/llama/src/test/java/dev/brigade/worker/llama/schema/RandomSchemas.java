package dev.brigade.worker.llama.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Schemas of every sort, many of them wrong in some place. */
public final class RandomSchemas {

    private static final List<String> TYPES =
            List.of("object", "array", "string", "integer", "number", "boolean", "null", "blob");
    private static final List<String> VALUES =
            List.of(
                    "0",
                    "1",
                    "-3",
                    "12",
                    "4000",
                    "1.5",
                    "1e400",
                    "null",
                    "true",
                    "[]",
                    "{}",
                    "\"a\"",
                    "\"ü😀\"",
                    "\"a\\\"b\"",
                    "\"\\\\\"",
                    "\"\\n\"",
                    "\"\"",
                    "\"\\ud800\"",
                    "99999999999999999999");
    private static final List<String> NAMES =
            List.of("a", "b b", "ünï", "$ref", "q\\\"", "", "type", "[x]", "a-b", "a/b", "root");

    private RandomSchemas() {}

    /** The next one. */
    public static String next(Random random) {
        String schema = schema(random, 0);
        if (random.nextInt(3) > 0) {
            return schema;
        }
        String definitions =
                "\"$defs\":{\"x\":%s,\"y\":%s}".formatted(schema(random, 2), schema(random, 2));
        return schema.equals("{}")
                ? "{" + definitions + "}"
                : schema.substring(0, schema.length() - 1) + "," + definitions + "}";
    }

    private static String schema(Random random, int depth) {
        List<String> entries = new ArrayList<>();
        switch (random.nextInt(depth > 3 ? 4 : 8)) {
            case 0 -> entries.add("\"type\":\"" + pick(random, TYPES) + "\"");
            case 1 -> entries.add("\"enum\":" + list(random, r -> pick(r, VALUES)));
            case 2 -> entries.add("\"const\":" + pick(random, VALUES));
            case 3 -> entries.add("\"$ref\":\"#/$defs/" + (random.nextBoolean() ? "x" : "y") + '"');
            case 4 -> object(random, depth, entries);
            case 5 -> {
                entries.add("\"type\":\"array\"");
                entries.add("\"items\":" + schema(random, depth + 1));
                number(random, "minItems", entries);
                number(random, "maxItems", entries);
            }
            case 6 -> entries.add("\"anyOf\":" + list(random, r -> schema(r, depth + 1)));
            default -> {
                String type = random.nextBoolean() ? "integer" : "string";
                entries.add("\"type\":\"" + type + "\"");
                number(random, type.equals("integer") ? "minimum" : "minLength", entries);
                number(random, type.equals("integer") ? "exclusiveMaximum" : "maxLength", entries);
                if (random.nextInt(4) == 0) {
                    entries.add("\"format\":\"date-time\"");
                }
            }
        }
        return "{" + String.join(",", entries) + "}";
    }

    private static void object(Random random, int depth, List<String> entries) {
        entries.add("\"type\":\"object\"");
        List<String> names =
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> random.nextInt(3) > 0 ? "n" + i : pick(random, NAMES))
                        .distinct()
                        .toList();
        entries.add(
                names.stream()
                        .map(name -> "\"" + name + "\":" + schema(random, depth + 1))
                        .collect(Collectors.joining(",", "\"properties\":{", "}")));
        if (random.nextBoolean()) {
            entries.add(
                    names.stream()
                            .filter(name -> random.nextBoolean())
                            .map(name -> '"' + name + '"')
                            .collect(Collectors.joining(",", "\"required\":[", "]")));
        }
        if (random.nextInt(3) == 0) {
            entries.add(
                    "\"additionalProperties\":"
                            + (random.nextBoolean() ? "true" : schema(random, depth + 1)));
        }
    }

    private static void number(Random random, String key, List<String> entries) {
        if (random.nextBoolean()) {
            int value = random.nextInt(5) > 0 ? random.nextInt(20) : random.nextInt() / 4;
            entries.add("\"" + key + "\":" + value);
        }
    }

    private static String list(Random random, java.util.function.Function<Random, String> next) {
        return IntStream.range(0, random.nextInt(1, 4))
                .mapToObj(i -> next.apply(random))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String pick(Random random, List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}
