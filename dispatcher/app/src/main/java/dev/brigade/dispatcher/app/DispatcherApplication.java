package dev.brigade.dispatcher.app;

import dev.brigade.config.ParentWatch;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts the dispatcher. */
@SpringBootApplication
@EnableConfigurationProperties(DispatcherSettings.class)
public class DispatcherApplication {

    public static void main(String[] args) {
        ParentWatch.startIfAsked();
        SpringApplication.run(DispatcherApplication.class, args);
    }
}
