package dev.brigade.rest.generation;

import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Values that ask for nothing, by which an unsupported field may stand in a body. */
enum NoOp implements Predicate<JsonNode> {
    /** No value but null. */
    NONE {
        @Override
        public boolean test(JsonNode value) {
            return false;
        }
    },
    FALSE {
        @Override
        public boolean test(JsonNode value) {
            return value.isBoolean() && !value.booleanValue();
        }
    },
    ZERO {
        @Override
        public boolean test(JsonNode value) {
            return value.isInt() && value.intValue() == 0;
        }
    },
    ONE {
        @Override
        public boolean test(JsonNode value) {
            return value.isInt() && value.intValue() == 1;
        }
    },
    /** An empty array, object or string. */
    EMPTY {
        @Override
        public boolean test(JsonNode value) {
            return value.isString() ? value.stringValue().isEmpty() : isEmptyContainer(value);
        }

        private boolean isEmptyContainer(JsonNode value) {
            return value.isContainer() && value.isEmpty();
        }
    },
    NONE_BY_NAME {
        @Override
        public boolean test(JsonNode value) {
            return value.isString() && value.stringValue().equals("none");
        }
    },
    ONLY_TEXT {
        @Override
        public boolean test(JsonNode value) {
            return value.isArray()
                    && value.size() == 1
                    && value.get(0).isString()
                    && value.get(0).stringValue().equals("text");
        }
    }
}
