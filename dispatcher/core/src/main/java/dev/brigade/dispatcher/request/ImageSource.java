package dev.brigade.dispatcher.request;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Where the images of a batch are. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "source")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ImageSource.Inline.class, name = "inline"),
    @JsonSubTypes.Type(value = ImageSource.Glob.class, name = "glob"),
    @JsonSubTypes.Type(value = ImageSource.Manifest.class, name = "manifest")
})
public sealed interface ImageSource {

    /** How many images there are; 0 where they must be found first. */
    default int known() {
        return this instanceof Inline inline ? inline.items().size() : 0;
    }

    /** In the request itself. */
    record Inline(List<ImageRef> items) implements ImageSource {
        public Inline {
            items = List.copyOf(items);
            if (items.isEmpty()) {
                throw new IllegalArgumentException("a batch needs at least one image");
            }
        }
    }

    /** What matches a pattern below a root of the worker; a worker finds and counts them. */
    record Glob(String pattern) implements ImageSource {}

    /** Lines of a manifest in the payload store; a worker checks and counts them. */
    record Manifest(StoredPayload payload) implements ImageSource {}
}
