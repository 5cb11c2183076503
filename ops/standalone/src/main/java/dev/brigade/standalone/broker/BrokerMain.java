package dev.brigade.standalone.broker;

import dev.brigade.config.ParentWatch;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * The broker's process: formats the folder if it is new, serves, and says so in one line on
 * standard output. It ends in order on SIGTERM, and when its standard input closes.
 *
 * <p>Arguments: folder, port, controller's port.
 */
public final class BrokerMain {

    /** What the line starts with that says that the broker serves; its address follows. */
    static final String READY = "broker ready at ";

    private static final long SHUTDOWN_LIMIT_MS = 7_000;
    private static final String LOGGING = "dev/brigade/standalone/broker/logback-broker.xml";

    private BrokerMain() {}

    /** Runs until the process is told to end. */
    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            System.err.println("usage: BrokerMain <folder> <port> <controller port>");
            System.exit(2);
        }
        // Before the first logger exists: whatever else the class path configures is not ours.
        System.setProperty("logback.configurationFile", LOGGING);
        ParentWatch.startIfAsked();
        int port = Integer.parseInt(args[1]);
        try {
            serve(Path.of(args[0]), port, Integer.parseInt(args[2]));
        } catch (Exception e) {
            System.out.println("broker failed: " + e);
            e.printStackTrace(System.out);
            // Threads of a half-started broker would keep the process alive, and its hook wait.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void serve(Path logDir, int port, int controllerPort) throws Exception {
        Map<String, String> config = BrokerConfig.of(logDir, port, controllerPort);
        boolean fresh = !Files.exists(logDir.resolve("meta.properties"));
        if (fresh) {
            format(logDir);
        }
        Properties properties = new Properties();
        properties.putAll(config);
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        server.startup();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "broker-stop"));
        String address = "127.0.0.1:" + port;
        if (fresh) {
            InternalTopics.create(address);
        }
        System.out.println(READY + address);
        server.awaitShutdown();
    }

    private static void format(Path logDir) throws Exception {
        Files.createDirectories(logDir);
        new Formatter()
                .setNodeId(BrokerConfig.NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(BrokerConfig.CONTROLLER_LISTENER)
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .addDirectory(logDir.toString())
                .setMetadataLogDirectory(logDir.toString())
                .setPrintStream(
                        new PrintStream(
                                PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    /** Stops the server; past the limit the process ends as after a kill, which loses nothing. */
    private static void stop(KafkaRaftServer server) {
        Thread limit =
                Thread.ofPlatform()
                        .daemon()
                        .name("broker-stop-limit")
                        .start(BrokerMain::haltAfterLimit);
        server.shutdown();
        limit.interrupt();
    }

    private static void haltAfterLimit() {
        try {
            Thread.sleep(SHUTDOWN_LIMIT_MS);
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
