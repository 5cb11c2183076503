package dev.brigade.rest.config;

import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.contract.payload.PayloadSweeper;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Opens the payload store that is configured, or stops the start and says what is wrong with it.
 */
@Configuration(proxyBeanMethods = false)
class PayloadConfiguration {

    /** Where the store is; blank for none. */
    static final String LOCATION = "${brigade.payloads:}";

    private static final String SETTING = "brigade.payloads (INFERENCE_PAYLOADS): ";

    static Optional<String> location(String setting) {
        return Optional.of(setting).filter(given -> !given.isBlank());
    }

    @Bean
    PayloadStore payloadStore(@Value(LOCATION) String location) {
        return open(location(location));
    }

    /** Beside the payloads, since files are not collected by their age. */
    @Bean
    FileArea fileArea(@Value(LOCATION) String location) {
        return new FileArea(
                open(location(location).map(given -> given.replaceAll("/+$", "") + "/files")));
    }

    private static PayloadStore open(Optional<String> location) {
        try {
            return PayloadStores.open(location);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(SETTING + e.getMessage());
        } catch (PayloadException e) {
            throw new IllegalStateException(SETTING + e.getMessage(), e);
        }
    }

    @Bean
    PayloadSweeper payloadSweeper(PayloadStore payloads) {
        return PayloadSweeper.start(payloads);
    }
}
