package dev.brigade.standalone.deployment;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that this module is in. */
final class Checkout {

    /** Its root: the nearest folder upwards that holds the compose file. */
    static final Path ROOT = find(Path.of("").toAbsolutePath());

    private Checkout() {}

    private static Path find(Path from) {
        for (Path folder = from; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("docker-compose.yml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no checkout around " + from);
    }
}
