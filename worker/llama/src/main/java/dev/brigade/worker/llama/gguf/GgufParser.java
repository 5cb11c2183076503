package dev.brigade.worker.llama.gguf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the head of a GGUF file. Every count and length is checked against a limit and against what
 * is left of the file before anything of that size is allocated.
 */
final class GgufParser {

    /** Head of a file: metadata, tensor entries and where the tensor data starts. */
    record Head(Map<String, GgufValue> metadata, List<TensorInfo> tensors, long dataStart) {}

    static final String TOKENS = "tokenizer.ggml.tokens";
    static final String TOKEN_TYPES = "tokenizer.ggml.token_type";

    private static final long MOST_VALUES = 65_536;
    private static final long MOST_TENSORS = 65_536;
    private static final long MOST_ELEMENTS = 16 << 20;
    private static final long MOST_TOKENS = 1 << 20;
    private static final int LONGEST_KEY = 65_535;
    private static final int LONGEST_TEXT = 16 << 20;
    private static final int LONGEST_TOKEN = 1 << 16;
    private static final int LONGEST_TENSOR_NAME = 63;
    private static final int MOST_DIMENSIONS = 4;
    private static final long DEFAULT_ALIGNMENT = 32;
    private static final long MOST_ALIGNMENT = 1 << 16;

    /** A value takes at least a key length, a type and a byte; a tensor at least this much. */
    private static final int LEAST_VALUE_BYTES = 13;

    private static final int LEAST_TENSOR_BYTES = 32;

    /** All text that is kept, keys and tokens included. */
    private static final long MOST_TEXT = 64 << 20;

    private final GgufCursor in;
    private long kept;

    private GgufParser(GgufCursor in) {
        this.in = in;
    }

    static Head parse(GgufCursor in) throws IOException, GgufFault {
        return new GgufParser(in).head();
    }

    private Head head() throws IOException, GgufFault {
        Signature.check(in);
        long tensorCount = in.count(MOST_TENSORS, "number of tensors");
        long valueCount = in.count(MOST_VALUES, "number of metadata values");
        if (valueCount * LEAST_VALUE_BYTES + tensorCount * LEAST_TENSOR_BYTES > in.remaining()) {
            throw in.truncated("the metadata");
        }
        Map<String, GgufValue> metadata = metadata(valueCount);
        List<TensorInfo> tensors = tensors(tensorCount);
        long alignment = alignment(metadata);
        long dataStart = (in.position() + alignment - 1) / alignment * alignment;
        checkPlaces(tensors, dataStart, alignment);
        return new Head(Map.copyOf(metadata), List.copyOf(tensors), dataStart);
    }

    private Map<String, GgufValue> metadata(long count) throws IOException, GgufFault {
        Map<String, GgufValue> metadata = new HashMap<>();
        for (long i = 0; i < count; i++) {
            String key = keep(in.text(LONGEST_KEY, "the key of metadata value " + i));
            String what = "metadata " + GgufFault.quote(key);
            GgufValue value = value(ValueType.of(in.u32(what), what), key, what);
            if (metadata.putIfAbsent(key, value) != null) {
                throw new GgufFault(what + " is there twice");
            }
        }
        return metadata;
    }

    private GgufValue value(ValueType type, String key, String what) throws IOException, GgufFault {
        return switch (type) {
            case STRING -> new GgufValue.Text(keep(in.text(LONGEST_TEXT, what)));
            case ARRAY -> array(key, what);
            case BOOL -> new GgufValue.Truth(in.u8(what) != 0);
            case FLOAT32 -> new GgufValue.Real(Float.intBitsToFloat(in.i32(what)));
            case FLOAT64 -> new GgufValue.Real(Double.longBitsToDouble(in.i64(what)));
            case UINT8 -> new GgufValue.Whole(in.u8(what));
            case INT8 -> new GgufValue.Whole((byte) in.u8(what));
            case UINT16 -> new GgufValue.Whole(in.u16(what));
            case INT16 -> new GgufValue.Whole((short) in.u16(what));
            case UINT32 -> new GgufValue.Whole(in.u32(what));
            case INT32 -> new GgufValue.Whole(in.i32(what));
            case UINT64, INT64 -> new GgufValue.Whole(in.i64(what));
        };
    }

    private GgufValue array(String key, String what) throws IOException, GgufFault {
        ValueType type = ValueType.of(in.u32(what), what);
        if (type == ValueType.ARRAY) {
            throw new GgufFault(what + " is an array of arrays");
        }
        long limit = key.equals(TOKENS) ? MOST_TOKENS : MOST_ELEMENTS;
        long count = in.count(limit, "length of " + what);
        if (count * type.leastBytes > in.remaining()) {
            throw in.truncated(what);
        }
        if (type == ValueType.STRING) {
            return strings(key, what, (int) count);
        }
        if (key.equals(TOKEN_TYPES) && (type == ValueType.INT32 || type == ValueType.UINT32)) {
            List<Integer> values = new ArrayList<>((int) count);
            for (long i = 0; i < count; i++) {
                values.add(in.i32(what));
            }
            return new GgufValue.Wholes(values);
        }
        in.skip(count * type.leastBytes, what);
        return new GgufValue.Skipped(type, count);
    }

    private GgufValue strings(String key, String what, int count) throws IOException, GgufFault {
        if (key.equals(TOKENS)) {
            List<String> tokens = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                tokens.add(keep(in.text(LONGEST_TOKEN, "token " + i)));
            }
            return new GgufValue.Texts(tokens);
        }
        for (int i = 0; i < count; i++) {
            in.skip(in.count(LONGEST_TEXT, "length of a string in " + what), what);
        }
        return new GgufValue.Skipped(ValueType.STRING, count);
    }

    private String keep(String text) throws GgufFault {
        kept += text.length();
        if (kept > MOST_TEXT) {
            throw new GgufFault("has more than %d bytes of text metadata".formatted(MOST_TEXT));
        }
        return text;
    }

    private List<TensorInfo> tensors(long count) throws IOException, GgufFault {
        List<TensorInfo> tensors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (long i = 0; i < count; i++) {
            TensorInfo tensor = tensor("the entry of tensor " + i);
            if (!names.add(tensor.name())) {
                throw new GgufFault(
                        "tensor %s is there twice".formatted(GgufFault.quote(tensor.name())));
            }
            tensors.add(tensor);
        }
        return tensors;
    }

    private TensorInfo tensor(String what) throws IOException, GgufFault {
        String name = in.text(LONGEST_TENSOR_NAME, what);
        long dimensionCount = in.u32(what);
        if (dimensionCount < 1 || dimensionCount > MOST_DIMENSIONS) {
            throw new GgufFault(
                    "tensor %s has %d dimensions".formatted(GgufFault.quote(name), dimensionCount));
        }
        List<Long> dimensions = new ArrayList<>();
        for (long i = 0; i < dimensionCount; i++) {
            dimensions.add(in.i64(what));
        }
        long number = in.u32(what);
        TensorType type =
                TensorType.of(number)
                        .orElseThrow(() ->
                                new GgufFault(
                                        "tensor %s has the unknown type %d"
                                                .formatted(GgufFault.quote(name), number)));
        return new TensorInfo(name, dimensions, type, in.i64(what));
    }

    private static long alignment(Map<String, GgufValue> metadata) throws GgufFault {
        if (!(metadata.get("general.alignment") instanceof GgufValue.Whole(long alignment))) {
            return DEFAULT_ALIGNMENT;
        }
        if (alignment < 1 || alignment > MOST_ALIGNMENT || Long.bitCount(alignment) != 1) {
            throw new GgufFault("has the impossible alignment " + alignment);
        }
        return alignment;
    }

    /** Tensors lie one after the other, each padded to the alignment; the engine insists on it. */
    private void checkPlaces(List<TensorInfo> tensors, long dataStart, long alignment)
            throws GgufFault {
        long next = 0;
        for (TensorInfo tensor : tensors) {
            String name = GgufFault.quote(tensor.name());
            if (tensor.offset() != next) {
                throw new GgufFault(
                        "tensor %s lies at offset %s where %d was due"
                                .formatted(name, Long.toUnsignedString(tensor.offset()), next));
            }
            long bytes = tensor.bytes();
            if (bytes > in.size() - dataStart - next) {
                throw in.truncated("tensor " + name);
            }
            next = (next + bytes + alignment - 1) / alignment * alignment;
        }
    }
}
