package dev.brigade.standalone.broker;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a broker is started with.
 *
 * @param dataDir folder of its records; made when missing
 * @param logFile where its output goes
 * @param port port on 127.0.0.1 for clients; 0 picks a free one
 * @param heapMb limit of its heap in MiB, at least 128
 * @param shortLived trades peak speed for a quick start, as tests want it
 * @param startTimeout how long it may take until it serves
 */
public record BrokerSettings(
        Path dataDir,
        Path logFile,
        int port,
        int heapMb,
        boolean shortLived,
        Duration startTimeout) {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    public BrokerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
        }
        if (heapMb < 128) {
            throw new IllegalArgumentException("heapMb must be at least 128, not " + heapMb);
        }
    }

    /** A broker for tests: any free port, a small heap. */
    public static BrokerSettings forTests(Path dataDir) {
        Path logFile = dataDir.resolve("broker.log");
        return new BrokerSettings(dataDir, logFile, 0, 256, true, START_TIMEOUT);
    }

    /** A broker that stays up for a person's work. */
    public static BrokerSettings standing(Path dataDir, Path logFile, int port) {
        return new BrokerSettings(dataDir, logFile, port, 320, false, START_TIMEOUT);
    }

    /** The same with another port, say the one it had before a restart. */
    public BrokerSettings withPort(int newPort) {
        return new BrokerSettings(dataDir, logFile, newPort, heapMb, shortLived, startTimeout);
    }
}
