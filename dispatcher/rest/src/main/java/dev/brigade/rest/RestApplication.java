package dev.brigade.rest;

import dev.brigade.config.ParentWatch;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts the REST adapter. */
@SpringBootApplication(proxyBeanMethods = false)
public class RestApplication {

    /** Ends when asked to, or with the program that started it. */
    public static void main(String[] args) {
        ParentWatch.startIfAsked();
        application().run(args);
    }

    /** The adapter with its settings from {@code rest.yml}. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(RestApplication.class)
                .properties("spring.config.name=rest");
    }
}
