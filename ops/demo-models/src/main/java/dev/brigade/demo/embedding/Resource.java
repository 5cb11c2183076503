package dev.brigade.demo.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Text files of this package. */
final class Resource {

    private Resource() {}

    static String text(String file) throws IOException {
        try (InputStream in = Resource.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("no resource " + file);
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** Without empty lines and comments. */
    static List<String> lines(String file) throws IOException {
        return text(file).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
}
