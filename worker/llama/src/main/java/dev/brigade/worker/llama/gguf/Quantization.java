package dev.brigade.worker.llama.gguf;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Name of a file's type, as model names carry it. */
final class Quantization {

    private static final Map<Integer, String> FILE_TYPES =
            Map.ofEntries(
                    Map.entry(0, "F32"),
                    Map.entry(1, "F16"),
                    Map.entry(2, "Q4_0"),
                    Map.entry(3, "Q4_1"),
                    Map.entry(7, "Q8_0"),
                    Map.entry(8, "Q5_0"),
                    Map.entry(9, "Q5_1"),
                    Map.entry(10, "Q2_K"),
                    Map.entry(11, "Q3_K_S"),
                    Map.entry(12, "Q3_K_M"),
                    Map.entry(13, "Q3_K_L"),
                    Map.entry(14, "Q4_K_S"),
                    Map.entry(15, "Q4_K_M"),
                    Map.entry(16, "Q5_K_S"),
                    Map.entry(17, "Q5_K_M"),
                    Map.entry(18, "Q6_K"),
                    Map.entry(19, "IQ2_XXS"),
                    Map.entry(20, "IQ2_XS"),
                    Map.entry(21, "Q2_K_S"),
                    Map.entry(22, "IQ3_XS"),
                    Map.entry(23, "IQ3_XXS"),
                    Map.entry(24, "IQ1_S"),
                    Map.entry(25, "IQ4_NL"),
                    Map.entry(26, "IQ3_S"),
                    Map.entry(27, "IQ3_M"),
                    Map.entry(28, "IQ2_S"),
                    Map.entry(29, "IQ2_M"),
                    Map.entry(30, "IQ4_XS"),
                    Map.entry(31, "IQ1_M"),
                    Map.entry(32, "BF16"),
                    Map.entry(36, "TQ1_0"),
                    Map.entry(37, "TQ2_0"));

    private Quantization() {}

    /** What the file says, else the type of most of its weights. */
    static String name(Metadata metadata, List<TensorInfo> tensors) throws GgufFault {
        long number = metadata.whole("general.file_type").orElse(-1);
        String known = number >= 0 && number < 1024 ? FILE_TYPES.get((int) number) : null;
        if (known != null) {
            return known;
        }
        Map<TensorType, Long> weights = new EnumMap<>(TensorType.class);
        for (TensorInfo tensor : tensors) {
            weights.merge(tensor.type(), tensor.weights(), Long::sum);
        }
        return weights.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey().name())
                .orElse("");
    }
}
