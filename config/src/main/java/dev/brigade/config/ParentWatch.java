package dev.brigade.config;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends a program when the program that started it is gone. The starter holds the other end of
 * standard input, and the system closes it however the starter ends, even by {@code kill -9}; so no
 * orphan keeps a port or a share of the memory.
 */
public final class ParentWatch {

    /** Environment variable that turns the watch on when it is {@code true}. */
    public static final String VARIABLE = "BRIGADE_EXIT_ON_STDIN_CLOSE";

    private ParentWatch() {}

    /**
     * Ends this JVM in order (shutdown hooks run, exit code 0) once standard input closes. Does
     * nothing unless {@link #VARIABLE} is {@code true}, since a program started by hand or by a
     * service manager often has a closed standard input from the first moment.
     */
    public static void startIfAsked() {
        if ("true".equals(System.getenv(VARIABLE))) {
            start(System.in, () -> System.exit(0));
        }
    }

    static Thread start(InputStream input, Runnable onClose) {
        return Thread.ofPlatform()
                .daemon()
                .name("parent-watch")
                .start(() -> {
                    drain(input);
                    onClose.run();
                });
    }

    private static void drain(InputStream input) {
        byte[] ignored = new byte[256];
        try {
            while (input.read(ignored) >= 0) {
                // What the starter writes means nothing; only the end counts.
            }
        } catch (IOException e) {
            // A broken pipe says what its end says: nobody is at the other side any more.
        }
    }
}
