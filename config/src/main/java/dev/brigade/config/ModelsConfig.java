package dev.brigade.config;

import dev.brigade.config.YamlNode.Properties;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code models.yaml} says: the models that this installation knows.
 *
 * @param models in file order; ids are unique
 */
public record ModelsConfig(List<ModelConfig> models) {

    public ModelsConfig {
        models = List.copyOf(models);
    }

    /**
     * Reads and checks a file.
     *
     * @throws ConfigException naming file, property and what is allowed
     */
    public static ModelsConfig read(Path file) {
        return of(YamlNode.read(file));
    }

    /**
     * Reads and checks a text; {@code source} stands for the file's name in errors.
     *
     * @throws ConfigException naming source, property and what is allowed
     */
    public static ModelsConfig parse(String text, String source) {
        return of(YamlNode.parse(text, source));
    }

    public Optional<ModelConfig> model(String id) {
        return models.stream().filter(model -> model.id().equals(id)).findFirst();
    }

    private static ModelsConfig of(YamlNode root) {
        var models = new ArrayList<ModelConfig>();
        var ids = new HashSet<String>();
        for (YamlNode node : Properties.of(root, Set.of("models")).required("models").items()) {
            ModelConfig model = ModelConfig.of(node);
            if (!ids.add(model.id())) {
                throw node.error("repeats the model id " + model.id());
            }
            models.add(model);
        }
        return new ModelsConfig(models);
    }
}
