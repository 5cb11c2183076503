package dev.brigade.worker.llama.schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Bounds of an integer, brought to the two keywords that the engine enforces together. */
final class Bounds {

    private static final JsonNode INTEGER = JsonNodeFactory.instance.stringNode("integer");

    private Bounds() {}

    static void settle(ObjectNode schema, String place) throws SchemaFault {
        long least =
                Math.max(
                        bound(schema, "minimum", Integer.MIN_VALUE),
                        bound(schema, "exclusiveMinimum", Integer.MIN_VALUE - 1L) + 1);
        long most =
                Math.min(
                        bound(schema, "maximum", Integer.MAX_VALUE),
                        bound(schema, "exclusiveMaximum", Integer.MAX_VALUE + 1L) - 1);
        if (least == Integer.MIN_VALUE && most == Integer.MAX_VALUE) {
            return;
        }
        if (!schema.path("type").equals(INTEGER)) {
            throw new SchemaFault(place, "bounds a value that is not of type integer");
        }
        if (least > most) {
            throw new SchemaFault(place, "has bounds that no number meets");
        }
        schema.remove("exclusiveMinimum");
        schema.remove("exclusiveMaximum");
        if (least > Integer.MIN_VALUE) {
            schema.put("minimum", (int) least);
        }
        if (most < Integer.MAX_VALUE) {
            schema.put("maximum", (int) most);
        }
    }

    private static long bound(ObjectNode schema, String key, long otherwise) {
        return schema.has(key) ? schema.get(key).intValue() : otherwise;
    }
}
