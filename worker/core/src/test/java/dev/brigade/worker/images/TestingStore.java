package dev.brigade.worker.images;

import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.schema.StoredPayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A real payload store in a folder, and ways to spoil it. */
final class TestingStore {

    private TestingStore() {}

    static PayloadStore in(Path folder) {
        return PayloadStores.open(folder.toAbsolutePath().toString());
    }

    static StoredPayload manifest(PayloadStore store, String... lines) {
        return store.put(
                String.join("\n", List.of(lines)).getBytes(StandardCharsets.UTF_8),
                "application/jsonl");
    }

    /** Changes one byte of everything that is stored. */
    static void spoil(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (bytes.length > 0) {
                    bytes[bytes.length / 2] ^= 1;
                }
                Files.write(file, bytes);
            }
        }
    }
}
