package dev.brigade.standalone.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start a child.
 *
 * @param name short name, as people see it in messages and logs
 * @param command program and arguments
 * @param environment variables added to those of this process
 * @param logFile where its output goes
 */
public record ChildCommand(
        String name, List<String> command, Map<String, String> environment, Path logFile) {

    public ChildCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The {@code java} of the JDK that runs this program. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
