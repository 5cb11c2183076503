package dev.brigade.standalone.process;

import dev.brigade.config.ParentWatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A child that does what it is told: {@code say <words>}, {@code exit <code>}, {@code wait} until
 * its standard input closes, {@code hang} even then.
 */
final class TestingChild {

    private TestingChild() {}

    static ChildCommand command(Path log, String... what) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ChildCommand.java(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TestingChild.class.getName()));
        command.addAll(List.of(what));
        return new ChildCommand("child", command, Map.of("TESTING_CHILD", "yes"), log);
    }

    public static void main(String[] args) throws Exception {
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "say" -> System.out.println(args[++i]);
                case "complain" -> System.err.println(args[++i]);
                case "environment" -> System.out.println(System.getenv("TESTING_CHILD"));
                case "exit" -> System.exit(Integer.parseInt(args[++i]));
                case "wait" -> {
                    ParentWatch.startIfAsked();
                    new CountDownLatch(1).await();
                }
                case "hang" -> new CountDownLatch(1).await();
                default -> throw new IllegalArgumentException(args[i]);
            }
        }
    }
}
