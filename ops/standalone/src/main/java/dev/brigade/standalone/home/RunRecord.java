package dev.brigade.standalone.home;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Notes in the data folder which processes run on it, so that {@code down} and {@code status} find
 * them and nothing else.
 */
public final class RunRecord {

    static final String FILE = "up.properties";

    /** Name under which the process of {@code up} itself is noted. */
    public static final String SUPERVISOR = "supervisor";

    private static final String PROCESS = "process.";

    private final Path file;

    public RunRecord(Path home) {
        this.file = home.resolve(FILE);
    }

    /**
     * Replaces what is noted.
     *
     * @param processes the processes by name, in order of their start
     * @param addresses where the system is reached, by name
     */
    public void write(Map<String, ProcessMark> processes, Map<String, String> addresses)
            throws IOException {
        Properties properties = new Properties();
        processes.forEach((name, mark) -> properties.setProperty(PROCESS + name, mark.toString()));
        addresses.forEach(properties::setProperty);
        Path next = file.resolveSibling(FILE + ".next");
        try (Writer out = Files.newBufferedWriter(next)) {
            properties.store(out, null);
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The processes noted, the supervisor first; empty when nothing is. */
    public Map<String, ProcessMark> processes() throws IOException {
        Properties properties = read();
        Map<String, ProcessMark> processes = new LinkedHashMap<>();
        mark(properties, SUPERVISOR).ifPresent(mark -> processes.put(SUPERVISOR, mark));
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(PROCESS))
                .map(name -> name.substring(PROCESS.length()))
                .sorted()
                .forEach(name ->
                        mark(properties, name)
                                .ifPresent(mark -> processes.putIfAbsent(name, mark)));
        return processes;
    }

    /** An address noted under a name. */
    public Optional<String> address(String name) throws IOException {
        return Optional.ofNullable(read().getProperty(name));
    }

    /** Notes that nothing runs. */
    public void clear() throws IOException {
        Files.deleteIfExists(file);
    }

    private static Optional<ProcessMark> mark(Properties properties, String name) {
        return Optional.ofNullable(properties.getProperty(PROCESS + name))
                .flatMap(ProcessMark::parse);
    }

    private Properties read() throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (NoSuchFileException e) {
            // Nothing has run here, or it ended in order.
        }
        return properties;
    }
}
