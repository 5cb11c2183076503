package dev.brigade.dispatcher.app;

import dev.brigade.config.ParentWatch;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Starts the dispatcher. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(DispatcherSettings.class)
public class DispatcherApplication {

    private static final Logger LOG = LoggerFactory.getLogger(DispatcherApplication.class);

    /** Ends when asked to, or with the program that started it. */
    public static void main(String[] args) {
        ParentWatch.startIfAsked();
        ConfigurableApplicationContext context = application().run(args);
        int code = awaitEnd(context.getBean(Dispatcher.class));
        System.exit(Math.max(code, SpringApplication.exit(context)));
    }

    /** The dispatcher with its settings from {@code dispatcher.yml}. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(DispatcherApplication.class)
                .properties("spring.config.name=dispatcher");
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Dispatcher dispatcher(DispatcherSettings settings) {
        return new Dispatcher(settings);
    }

    private static int awaitEnd(Dispatcher dispatcher) {
        try {
            dispatcher.ended().join();
            return 0;
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.error("the dispatcher cannot start: {}", cause.getMessage());
            return 1;
        }
    }
}
