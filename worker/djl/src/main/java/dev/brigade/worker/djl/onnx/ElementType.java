package dev.brigade.worker.djl.onnx;

/** Type of a tensor's elements, by its number in the format. */
public enum ElementType {
    FLOAT(1),
    INT32(6),
    INT64(7),
    FLOAT16(10),
    DOUBLE(11),
    /** Any type that no model here takes or gives. */
    OTHER(-1);

    private final int number;

    ElementType(int number) {
        this.number = number;
    }

    static ElementType of(long number) {
        for (ElementType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return OTHER;
    }
}
