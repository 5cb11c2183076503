package dev.brigade.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The prompts of the stages: the files of {@code config/prompts}.
 *
 * @param byName such as {@code critique/revise}; every one that Brigade needs is there
 */
public record PromptsConfig(Map<String, Prompt> byName) {

    private static final String ENDING = ".md";
    private static final String PIPELINE = "pipeline/";
    private static final int MOST_PROMPTS = 100;

    public PromptsConfig {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    /**
     * Reads and checks a folder: the prompts that Brigade needs, and those of further pipeline
     * stages.
     *
     * @throws ConfigException naming file, property and what is allowed
     */
    public static PromptsConfig read(Path folder) {
        var prompts = new TreeMap<String, Prompt>();
        for (String name : names(folder)) {
            prompts.put(name, PromptSource.read(folder.resolve(name + ENDING), name));
        }
        return new PromptsConfig(prompts);
    }

    public Optional<Prompt> prompt(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<Prompt> prompts() {
        return byName.values();
    }

    private static Set<String> names(Path folder) {
        var names = new TreeSet<>(PromptRules.REQUIRED.keySet());
        for (String group : List.of("critique", "debate", "ensemble", "pipeline")) {
            for (String file : files(folder.resolve(group))) {
                names.add(known(folder, group + "/" + file));
            }
        }
        if (names.size() > MOST_PROMPTS) {
            throw new ConfigException(
                    "%s: must hold at most %d prompts, has %d"
                            .formatted(folder, MOST_PROMPTS, names.size()));
        }
        return names;
    }

    /** A file that nobody would read is a mistake, most likely in its name. */
    private static String known(Path folder, String name) {
        boolean stage =
                name.startsWith(PIPELINE)
                        && PipelineStages.isName(name.substring(PIPELINE.length()));
        if (!stage && !PromptRules.REQUIRED.containsKey(name)) {
            throw new ConfigException(
                    "%s: is no prompt that is used; those of own stages are pipeline/<stage>.md, with 1 to %d lower-case letters, digits, underscores and dashes before letters"
                            .formatted(folder.resolve(name + ENDING), PipelineStages.LONGEST));
        }
        return name;
    }

    private static List<String> files(Path group) {
        if (!Files.isDirectory(group)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(group)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING) && !name.equals("README.md"))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .toList();
        } catch (IOException e) {
            throw new ConfigException(group + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
