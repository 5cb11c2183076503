package dev.brigade.dispatcher.routing;

import dev.brigade.config.Price;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The models at one moment: every one that configuration or a worker describes, with what workers
 * report of it. A snapshot; the order is by id, so that decisions repeat.
 */
public final class Fleet {

    private final SortedMap<String, Model> models;

    private Fleet(SortedMap<String, Model> models) {
        this.models = models;
    }

    /** A fleet of these models; a later one replaces an earlier one with the same id. */
    public static Fleet of(Collection<Model> models) {
        var sorted = new TreeMap<String, Model>();
        models.forEach(model -> sorted.put(model.id(), model));
        return new Fleet(sorted);
    }

    public Optional<Model> model(String id) {
        return Optional.ofNullable(models.get(id));
    }

    /** Whether a worker would take a job of the model now or when its slots free. */
    public boolean live(String id) {
        return model(id).map(Model::live).orElse(false);
    }

    /** All models, by id. */
    public Collection<Model> models() {
        return Collections.unmodifiableCollection(models.values());
    }

    /**
     * One model.
     *
     * @param roles first is what it is best at
     * @param contextLength tokens that one request may use
     * @param slots places of live workers; 0 where none is up
     * @param busy jobs that run or wait
     * @param price empty where none is known: it then counts as free
     */
    public record Model(
            String id,
            List<String> roles,
            Set<String> capabilities,
            int contextLength,
            int slots,
            int busy,
            Optional<Price> price) {
        public Model {
            roles = List.copyOf(roles);
            capabilities = Set.copyOf(capabilities);
            if (slots < 0 || busy < 0 || contextLength < 1) {
                throw new IllegalArgumentException(
                        "slots %d, busy %d, context %d of %s"
                                .formatted(slots, busy, contextLength, id));
            }
        }

        public boolean live() {
            return slots > 0;
        }
    }
}
