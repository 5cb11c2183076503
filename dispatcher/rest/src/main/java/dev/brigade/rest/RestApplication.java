package dev.brigade.rest;

import dev.brigade.config.ParentWatch;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/** Starts the REST adapter. */
// Errors have their own form here; Boot's page for them would be one more.
@SpringBootApplication(proxyBeanMethods = false, exclude = ErrorMvcAutoConfiguration.class)
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
