package dev.brigade.standalone.participant;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * What is undone, a compensation id a line. A line counts once it is on disk with its line end, so
 * one that a crash cut short does not. For one thread.
 */
final class Ledger implements AutoCloseable {

    private final FileChannel file;
    private final Set<String> undone;

    private Ledger(FileChannel file, Set<String> undone) {
        this.file = file;
        this.undone = undone;
    }

    /** Opens a ledger, an empty one where the file is not there yet. */
    static Ledger open(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        String text = Files.exists(path) ? Files.readString(path) : "";
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
        file.position(file.size());
        return new Ledger(file, new HashSet<>(whole.lines().toList()));
    }

    boolean has(String compensationId) {
        return undone.contains(compensationId);
    }

    /** Notes it, and returns once that is on disk. */
    void note(String compensationId) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((compensationId + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            file.write(line);
        }
        file.force(true);
        undone.add(compensationId);
    }

    int size() {
        return undone.size();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
