package dev.brigade.standalone.classify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be classified, and where the results go.
 *
 * @param sources folders and image files
 * @param recursive whether folders within folders count
 * @param out file of results, {@code .csv} or {@code .jsonl}
 * @param model model id; empty to have one chosen
 * @param prompt question for a vision-language model, if not the configured one
 * @param priority high, normal or low
 * @param allowUncertain whether a label may be {@code uncertain}
 * @param resume id of an earlier batch that is followed in place of a new one
 */
public record ClassifyArguments(
        List<Path> sources,
        boolean recursive,
        Optional<Path> out,
        Optional<String> model,
        Optional<String> prompt,
        String priority,
        boolean allowUncertain,
        Optional<String> resume) {

    private static final Set<String> PRIORITIES = Set.of("high", "normal", "low");
    private static final Set<String> FORMATS = Set.of("csv", "jsonl");

    public ClassifyArguments {
        sources = List.copyOf(sources);
        require(
                sources.isEmpty() == resume.isPresent(),
                resume.isPresent()
                        ? "--resume follows a batch that is there: leave folders and files out"
                        : "classify needs a folder or image files");
        require(PRIORITIES.contains(priority), "--priority must be high, normal or low");
        require(
                out.isEmpty() || FORMATS.contains(extension(out.get())),
                "--out must be a file ending in .csv or .jsonl");
    }

    /**
     * Reads the arguments of {@code classify}: folders, files and options in any order.
     *
     * @throws IllegalArgumentException when they make no sense, saying why
     */
    public static ClassifyArguments parse(List<String> arguments) {
        List<Path> sources = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        boolean recursive = false;
        boolean allowUncertain = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--out", "--model", "--prompt", "--priority", "--resume" ->
                        options.put(argument, valueOf(arguments, ++i, argument));
                case "--recursive" -> recursive = true;
                case "--allow-uncertain" -> allowUncertain = true;
                default -> {
                    require(!argument.startsWith("--"), "classify has no option " + argument);
                    sources.add(Path.of(argument));
                }
            }
        }
        return new ClassifyArguments(
                sources,
                recursive,
                Optional.ofNullable(options.get("--out")).map(Path::of),
                Optional.ofNullable(options.get("--model")),
                Optional.ofNullable(options.get("--prompt")),
                options.getOrDefault("--priority", "low"),
                allowUncertain,
                Optional.ofNullable(options.get("--resume")));
    }

    /** Format of the file of results: csv or jsonl. */
    static String extension(Path file) {
        String name = file.toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String valueOf(List<String> arguments, int index, String option) {
        require(index < arguments.size(), option + " needs a value");
        return arguments.get(index);
    }

    private static void require(boolean kept, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(rule);
        }
    }
}
