package dev.brigade.dispatcher.app.topology;

import dev.brigade.dispatcher.request.ImageSource;
import dev.brigade.dispatcher.request.Input;
import java.util.List;

/**
 * About how much memory a request takes, in bytes. Texts and images take as much as in their
 * record; many small things take far more.
 */
final class RequestWeight {

    /** Of a text or an image, beside its characters or bytes. */
    private static final long EACH = 150;

    /** Of a number in a list. */
    private static final long NUMBER = 20;

    private RequestWeight() {}

    /**
     * @param recordBytes of the request's record
     */
    static long of(Input input, int recordBytes) {
        return recordBytes + ofParts(input);
    }

    private static long ofParts(Input input) {
        return switch (input) {
            case Input.Embedding embedding ->
                    EACH * embedding.count()
                            + NUMBER * embedding.tokens().stream().mapToLong(List::size).sum();
            case Input.Rerank rerank -> EACH * rerank.documents().size();
            case Input.ImageBatch(ImageSource.Inline(var items), _, _, _) -> EACH * items.size();
            case Input.Chat chat -> EACH * chat.messages().size();
            case Input.Map map -> EACH * (map.messages().size() + map.items().size());
            case Input.Completion _,
                    Input.Image _,
                    Input.ImageBatch _,
                    Input.ImageListing _,
                    Input.ImagePart _ ->
                    EACH;
        };
    }
}
