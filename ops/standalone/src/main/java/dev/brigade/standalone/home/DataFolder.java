package dev.brigade.standalone.home;

import dev.brigade.standalone.settings.StandaloneSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data folder of a standalone system, held by at most one running system. The operating system
 * drops the lock when its holder ends, however it ends, so a crash leaves no stale one.
 */
public final class DataFolder implements AutoCloseable {

    private static final String BROKER = "broker";
    private static final String STATE = "state";
    private static final String LOGS = "logs";
    private static final String LOCK = "up.lock";

    /** What does not fit a record, unless it is kept elsewhere. */
    public static final String PAYLOADS = "payloads";

    /** Where a person puts images that are to be read by path, unless other roots are named. */
    public static final String IMAGES = "images";

    private static final Set<String> OWNED =
            Set.of(BROKER, STATE, LOGS, PAYLOADS, IMAGES, LOCK, RunRecord.FILE);

    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);
    private static final long LOCK_POLL_MS = 50;

    private final Path home;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path home, FileChannel channel, FileLock lock) {
        this.home = home;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Makes the folder if it is missing, and takes it.
     *
     * @throws HomeException when it cannot be written, belongs to something else, or is taken
     */
    public static DataFolder take(Path home) {
        FileChannel channel;
        try {
            Files.createDirectories(home);
            refuseForeign(home);
            Files.createDirectories(home.resolve(PAYLOADS));
            Files.createDirectories(home.resolve(IMAGES));
            channel =
                    FileChannel.open(
                            home.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return new DataFolder(home, channel, lock);
            }
            channel.close();
        } catch (IOException e) {
            throw new HomeException(
                    "the data folder %s cannot be written (%s): set %s to a folder that can"
                            .formatted(home, reason(e), StandaloneSettings.HOME));
        }
        throw new HomeException(
                "Brigade runs on %s already: end it with ops/brigade down, or set %s to another folder"
                        .formatted(home, StandaloneSettings.HOME));
    }

    public Path broker() {
        return home.resolve(BROKER);
    }

    public Path state() {
        return home.resolve(STATE);
    }

    /** Log file of a program. */
    public Path log(String program) {
        return logFile(home, program);
    }

    /** Log file of a program in a folder that is not taken. */
    public static Path logFile(Path home, String program) {
        return home.resolve(LOGS).resolve(program + ".log");
    }

    public RunRecord runRecord() {
        return new RunRecord(home);
    }

    /**
     * Deletes records, state and payloads, but neither logs nor anything that Brigade did not put
     * there.
     */
    public void forget() throws IOException {
        for (Path owned : List.of(broker(), state(), home.resolve(PAYLOADS))) {
            deleteTree(owned);
        }
        Files.createDirectories(home.resolve(PAYLOADS));
    }

    /** Lets go of the folder. */
    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }

    /** Tries for a moment, since the system takes its time to bury a holder that was killed. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        long deadline = System.nanoTime() + LOCK_PATIENCE.toNanos();
        try {
            FileLock lock = channel.tryLock();
            while (lock == null && System.nanoTime() < deadline) {
                Thread.sleep(LOCK_POLL_MS);
                lock = channel.tryLock();
            }
            return lock;
        } catch (OverlappingFileLockException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** A mistyped folder must not be filled, and still less be emptied by {@code --fresh}. */
    private static void refuseForeign(Path home) throws IOException {
        try (Stream<Path> entries = Files.list(home)) {
            Set<String> names =
                    entries.map(entry -> entry.getFileName().toString())
                            .collect(Collectors.toSet());
            if (!names.isEmpty() && !names.contains(LOCK) && !OWNED.containsAll(names)) {
                throw new HomeException(
                        "the folder %s holds other files: set %s to an empty or a new folder"
                                .formatted(home, StandaloneSettings.HOME));
            }
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException denied -> "permission denied";
            case java.nio.file.FileAlreadyExistsException exists -> "it is a file";
            default -> String.valueOf(e.getMessage());
        };
    }
}
