package dev.brigade.config;

import dev.brigade.config.YamlNode.Properties;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What {@code presets.yaml} says: named choices of mode and models.
 *
 * @param presets in file order; ids are unique
 */
public record PresetsConfig(List<Preset> presets) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String ID_MEANING =
            "a preset id: 1 to 64 of letters, digits, '.', '_', '-', not led by a sign";

    public PresetsConfig {
        presets = List.copyOf(presets);
    }

    /**
     * Reads and checks a file.
     *
     * @throws ConfigException naming file, property and what is allowed
     */
    public static PresetsConfig read(Path file) {
        return of(YamlNode.read(file));
    }

    /**
     * Reads and checks a text; {@code source} stands for the file's name in errors.
     *
     * @throws ConfigException naming source, property and what is allowed
     */
    public static PresetsConfig parse(String text, String source) {
        return of(YamlNode.parse(text, source));
    }

    public Optional<Preset> preset(String id) {
        return presets.stream().filter(preset -> preset.id().equals(id)).findFirst();
    }

    /** All ids, in file order. */
    public List<String> ids() {
        return presets.stream().map(Preset::id).toList();
    }

    private static PresetsConfig of(YamlNode root) {
        Map<String, YamlNode> nodes =
                Properties.of(root, Set.of("presets")).required("presets").entries();
        return new PresetsConfig(
                nodes.entrySet().stream()
                        .map(entry -> PresetSource.of(checkedId(entry), entry.getValue()))
                        .toList());
    }

    private static String checkedId(Map.Entry<String, YamlNode> entry) {
        if (!ID.matcher(entry.getKey()).matches()) {
            throw entry.getValue().error("must have " + ID_MEANING + " for its name");
        }
        return entry.getKey();
    }

    static String id(YamlNode node) {
        return node.text(ID, ID_MEANING);
    }

    static String mode(YamlNode node) {
        return node.oneOf(OrchestrationConfig.MODES);
    }
}
