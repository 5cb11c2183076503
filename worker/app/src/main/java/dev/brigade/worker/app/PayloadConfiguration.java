package dev.brigade.worker.app;

import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.contract.payload.PayloadSweeper;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The payload store, where one is configured. */
@Configuration(proxyBeanMethods = false)
class PayloadConfiguration {

    @Bean(destroyMethod = "close")
    PayloadStore payloads(@Value("${brigade.payloads:}") String location) {
        try {
            return PayloadStores.open(Optional.of(location.strip()).filter(l -> !l.isEmpty()));
        } catch (IllegalArgumentException | PayloadException e) {
            throw new StartFailure("brigade.payloads (INFERENCE_PAYLOADS): " + e.getMessage(), e);
        }
    }

    @Bean(destroyMethod = "close")
    PayloadSweeper payloadSweeper(PayloadStore payloads) {
        return PayloadSweeper.start(payloads);
    }
}
