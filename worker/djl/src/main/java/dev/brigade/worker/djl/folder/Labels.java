package dev.brigade.worker.djl.folder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What a classifier can say, in the order of its outputs. */
public final class Labels {

    private static final String CONFIG = "config.json";
    private static final String LIST = "labels.txt";
    private static final int MOST = 100_000;

    private Labels() {}

    /**
     * The labels of {@code labels.txt}, one a line, else of {@code id2label} in the configuration.
     */
    public static List<String> read(ModelFolder folder) {
        List<String> labels =
                folder.file(LIST).map(Labels::lines).orElseGet(() -> named(folder.json(CONFIG)));
        if (labels.isEmpty() || labels.size() > MOST) {
            throw new FolderFault(
                    "there are %d labels; a classifier needs id2label in %s, or %s"
                            .formatted(labels.size(), CONFIG, LIST));
        }
        if (new HashSet<>(labels).size() < labels.size()) {
            return numbered(labels);
        }
        return labels;
    }

    private static List<String> lines(Path file) {
        return ModelFolder.text(file).lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    }

    private static List<String> named(JsonFile config) {
        List<String> labels = new ArrayList<>();
        config.object("id2label")
                .ifPresent(names -> {
                    for (int id = 0; id < names.names().size(); id++) {
                        String key = Integer.toString(id);
                        labels.add(names.text(key).orElseThrow(names.lacks("label " + key)));
                    }
                });
        return labels;
    }

    /** ImageNet has two kinds of crane: where names repeat, each of them gets its number. */
    private static List<String> numbered(List<String> labels) {
        HashSet<String> seen = new HashSet<>();
        HashSet<String> repeated = new HashSet<>();
        for (String label : labels) {
            if (!seen.add(label)) {
                repeated.add(label);
            }
        }
        List<String> told = new ArrayList<>();
        for (String label : labels) {
            told.add(repeated.contains(label) ? label + " #" + told.size() : label);
        }
        return told;
    }
}
