package dev.brigade.demo.embedding;

import java.util.List;

/** Texts as tokens side by side, the shorter ones filled. */
record Tokens(long[] ids, float[] present, int texts, int length) {

    static Tokens of(TextTokenizer tokenizer, List<String> texts, int most) {
        List<int[]> rows = texts.stream().map(text -> tokenizer.encode(text, most)).toList();
        int length = rows.stream().mapToInt(row -> row.length).max().orElse(1);
        long[] ids = new long[rows.size() * length];
        float[] present = new float[ids.length];
        for (int row = 0; row < rows.size(); row++) {
            int[] tokens = rows.get(row);
            for (int i = 0; i < tokens.length; i++) {
                ids[row * length + i] = tokens[i];
                present[row * length + i] = 1;
            }
        }
        return new Tokens(ids, present, rows.size(), length);
    }

    long[] mask() {
        long[] mask = new long[present.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (long) present[i];
        }
        return mask;
    }
}
