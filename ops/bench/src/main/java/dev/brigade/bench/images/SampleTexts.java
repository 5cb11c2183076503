package dev.brigade.bench.images;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Short texts for embedding models. */
public final class SampleTexts {

    private static final List<String> WORDS =
            List.of(
                    "the", "server", "answers", "slowly", "because", "its", "disk", "is", "full",
                    "and", "nobody", "has", "deleted", "old", "records", "since", "last", "week");

    private SampleTexts() {}

    /** So many of 6 to 17 words, always the same. */
    public static List<String> of(int count) {
        Random random = new Random(7);
        return IntStream.range(0, count)
                .mapToObj(i ->
                        random.ints(6 + random.nextInt(12), 0, WORDS.size())
                                .mapToObj(WORDS::get)
                                .collect(Collectors.joining(" ")))
                .toList();
    }
}
