package dev.brigade.rest.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Puts the document together from the files in {@code openapi/}, which are kept by hand: their maps
 * are laid over each other. What stands under {@code x-} at the top is only there for YAML's
 * aliases.
 */
final class OpenApiDocument {

    private static final List<String> FILES =
            List.of("head", "paths", "components", "requests", "answers");

    private OpenApiDocument() {}

    /** The document of a version of this program. */
    static Map<String, Object> of(String version) {
        Map<String, Object> whole = new LinkedHashMap<>();
        FILES.forEach(file -> merge(whole, load(file)));
        whole.keySet().removeIf(key -> key.startsWith("x-"));
        merge(whole, Map.of("info", Map.of("version", version)));
        return whole;
    }

    private static Map<String, Object> load(String file) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(1000);
        options.setAllowDuplicateKeys(false);
        try (InputStream text =
                new ClassPathResource("openapi/" + file + ".yaml").getInputStream()) {
            return new Yaml(new SafeConstructor(options)).load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static void merge(Map<String, Object> into, Map<String, Object> more) {
        more.forEach((key, value) -> {
            if (into.get(key) instanceof Map<?, ?> below && value instanceof Map<?, ?> moreBelow) {
                merge((Map<String, Object>) below, (Map<String, Object>) moreBelow);
            } else {
                into.put(key, value);
            }
        });
    }
}
