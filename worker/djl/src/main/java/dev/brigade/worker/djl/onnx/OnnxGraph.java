package dev.brigade.worker.djl.onnx;

import dev.brigade.worker.djl.onnx.Message.Fields;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gathers what is worth knowing from the messages of a file. The numbers are those of the fields in
 * {@code onnx.proto}.
 */
final class OnnxGraph {

    private static final int MOST_TENSORS = 1_024;
    private static final int MOST_DIMENSIONS = 16;
    private static final long NEWEST_FORMAT = 100;

    private final List<TensorInfo> inputs = new ArrayList<>();
    private final List<TensorInfo> outputs = new ArrayList<>();
    private final Map<String, String> operators = new HashMap<>();
    private final Set<String> weights = new HashSet<>();
    private final Set<String> externalFiles = new HashSet<>();
    private long parameters;
    private long format;
    private int graphs;

    private OnnxGraph() {}

    static OnnxFile read(MemorySegment file) {
        OnnxGraph found = new OnnxGraph();
        Message.whole(file).read(found.model());
        return found.checked();
    }

    private OnnxFile checked() {
        if (format < 1 || format > NEWEST_FORMAT || graphs != 1) {
            throw new OnnxFault("it holds no version and graph");
        }
        // Older files list the weights among the inputs as well.
        List<TensorInfo> given =
                inputs.stream().filter(input -> !weights.contains(input.name())).toList();
        if (given.isEmpty() || outputs.isEmpty()) {
            throw new OnnxFault("its graph has no inputs or no outputs");
        }
        List<String> last =
                outputs.stream().map(out -> operators.getOrDefault(out.name(), "")).toList();
        return new OnnxFile(given, outputs, last, parameters, externalFiles);
    }

    private Fields model() {
        return new Fields() {
            @Override
            public void number(int field, long value) {
                if (field == 1) {
                    format = value;
                }
            }

            @Override
            public void bytes(int field, Message value) {
                if (field == 7) {
                    graphs++;
                    value.read(graph());
                }
            }
        };
    }

    private Fields graph() {
        return new Fields() {
            @Override
            public void bytes(int field, Message value) {
                switch (field) {
                    case 1 -> node(value);
                    case 5 -> weight(value);
                    case 11 -> add(inputs, value);
                    case 12 -> add(outputs, value);
                    default -> {}
                }
            }
        };
    }

    private void node(Message message) {
        List<String> made = new ArrayList<>();
        String[] operator = {""};
        message.read(
                new Fields() {
                    @Override
                    public void bytes(int field, Message value) {
                        switch (field) {
                            case 2 -> made.add(value.text());
                            case 4 -> operator[0] = value.text();
                            default -> {}
                        }
                    }
                });
        made.forEach(name -> operators.put(name, operator[0]));
    }

    private void weight(Message message) {
        List<Long> sizes = new ArrayList<>();
        message.read(
                new Fields() {
                    @Override
                    public void number(int field, long value) {
                        if (field == 1) {
                            sizes.add(value);
                        }
                    }

                    @Override
                    public void bytes(int field, Message value) {
                        switch (field) {
                            case 1 -> value.packed(sizes, List::add);
                            case 8 -> weights.add(value.text());
                            case 13 -> external(value);
                            default -> {}
                        }
                    }
                });
        parameters += count(sizes);
    }

    private static long count(List<Long> sizes) {
        if (sizes.size() > MOST_DIMENSIONS) {
            throw new OnnxFault("a tensor has " + sizes.size() + " dimensions");
        }
        long count = 1;
        for (long size : sizes) {
            if (size < 0 || Math.multiplyHigh(count, size) != 0 || count * size < 0) {
                throw new OnnxFault("a tensor has the dimensions " + sizes);
            }
            count *= size;
        }
        return count;
    }

    private void external(Message message) {
        String[] pair = {"", ""};
        message.read(
                new Fields() {
                    @Override
                    public void bytes(int field, Message value) {
                        if (field == 1 || field == 2) {
                            pair[field - 1] = value.text();
                        }
                    }
                });
        if (pair[0].equals("location")) {
            externalFiles.add(pair[1]);
        }
    }

    private static void add(List<TensorInfo> tensors, Message message) {
        if (tensors.size() >= MOST_TENSORS) {
            throw new OnnxFault("its graph has more than 1024 inputs or outputs");
        }
        tensors.add(TensorFields.read(message));
    }
}
