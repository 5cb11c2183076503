package dev.brigade.worker.llama.gguf;

/** Types of metadata values, in the order of their numbers. */
enum ValueType {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    UINT32(4),
    INT32(4),
    FLOAT32(4),
    BOOL(1),
    STRING(8),
    ARRAY(12),
    UINT64(8),
    INT64(8),
    FLOAT64(8);

    private static final ValueType[] ALL = values();

    /** Bytes that one value takes at least. */
    final int leastBytes;

    ValueType(int leastBytes) {
        this.leastBytes = leastBytes;
    }

    static ValueType of(long number, String what) throws GgufFault {
        if (number >= ALL.length) {
            throw new GgufFault("%s has the unknown type %d".formatted(what, number));
        }
        return ALL[(int) number];
    }
}
