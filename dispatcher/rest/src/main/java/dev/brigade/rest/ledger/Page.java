package dev.brigade.rest.ledger;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** OpenAI's pages of a list. */
public record Page<V>(
        String object,
        List<V> data,
        @Nullable String firstId,
        @Nullable String lastId,
        boolean hasMore) {

    /**
     * The page that is asked for.
     *
     * @param id of a record
     * @param createdAt of a record
     * @param view how a record is shown
     */
    public static <T, V> Page<V> of(
            Stream<T> all,
            Wanted wanted,
            Function<T, String> id,
            ToLongFunction<T> createdAt,
            Function<T, V> view) {
        Comparator<T> oldestFirst = Comparator.comparingLong(createdAt).thenComparing(id);
        List<T> sorted =
                all.sorted(wanted.ascending() ? oldestFirst : oldestFirst.reversed()).toList();
        int from = wanted.after() == null ? 0 : behind(sorted, wanted.after(), id);
        int to = (int) Math.min(sorted.size(), (long) from + wanted.limit());
        List<T> shown = sorted.subList(from, to);
        return new Page<>(
                "list",
                shown.stream().map(view).toList(),
                shown.isEmpty() ? null : id.apply(shown.getFirst()),
                shown.isEmpty() ? null : id.apply(shown.getLast()),
                to < sorted.size());
    }

    private static <T> int behind(List<T> sorted, String after, Function<T, String> id) {
        for (int i = 0; i < sorted.size(); i++) {
            if (id.apply(sorted.get(i)).equals(after)) {
                return i + 1;
            }
        }
        throw new ApiException(ApiError.invalid("after", "after names nothing in the list"));
    }

    /**
     * Which page.
     *
     * @param after id before its first
     * @param limit most on it
     */
    public record Wanted(@Nullable String after, int limit, boolean ascending) {

        /**
         * Reads what a URL says.
         *
         * @param usual limit of a URL that says none
         * @param most largest limit
         */
        public static Wanted of(
                @Nullable String after,
                @Nullable String limit,
                @Nullable String order,
                int usual,
                int most) {
            return new Wanted(after, limit(limit, usual, most), ascending(order));
        }

        private static boolean ascending(@Nullable String order) {
            return switch (order) {
                case "asc" -> true;
                case "desc" -> false;
                case null -> false;
                default ->
                        throw new ApiException(
                                ApiError.invalid("order", "order must be one of asc, desc"));
            };
        }

        private static int limit(@Nullable String limit, int usual, int most) {
            if (limit == null) {
                return usual;
            }
            try {
                int given = Integer.parseInt(limit);
                if (given >= 1 && given <= most) {
                    return given;
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new ApiException(
                    ApiError.invalid("limit", "limit must be an integer from 1 to " + most));
        }
    }
}
