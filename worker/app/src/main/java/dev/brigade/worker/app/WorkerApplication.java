package dev.brigade.worker.app;

import dev.brigade.config.ParentWatch;
import dev.brigade.worker.Worker;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts a worker. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties({
    WorkerProperties.class,
    ImageProperties.class,
    KafkaProperties.class
})
public class WorkerApplication {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerApplication.class);

    /** Ends when asked to, when drained, or with the program that started it. */
    public static void main(String[] args) {
        ParentWatch.startIfAsked();
        ConfigurableApplicationContext context = application().run(args);
        int code = awaitEnd(context.getBean(Worker.class));
        System.exit(Math.max(code, SpringApplication.exit(context)));
    }

    /** The worker with its settings from {@code worker.yml}. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(WorkerApplication.class)
                .properties("spring.config.name=worker");
    }

    private static int awaitEnd(Worker worker) {
        try {
            worker.ended().join();
            return 0;
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.error("the worker cannot start: {}", cause.getMessage());
            return 1;
        }
    }
}
