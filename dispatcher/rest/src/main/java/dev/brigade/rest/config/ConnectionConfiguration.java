package dev.brigade.rest.config;

import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ClientSettings;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RestProperties.class, KafkaProperties.class})
class ConnectionConfiguration {

    /** Replaced where the adapter runs without Kafka, as in its own tests. */
    @Bean
    @ConditionalOnMissingBean
    BrigadeConnection brigadeConnection(
            RestProperties rest,
            KafkaProperties kafka,
            @Value(PayloadConfiguration.LOCATION) String payloads) {
        ClientSettings settings = settings(rest, kafka, PayloadConfiguration.location(payloads));
        return new BrigadeConnection(() -> BrigadeClient.open(settings), kafka.retryPause());
    }

    static ClientSettings settings(
            RestProperties rest, KafkaProperties kafka, Optional<String> payloads) {
        return ClientSettings.builder(kafka.bootstrapServers())
                .schemaRegistryUrl(kafka.schemaRegistryUrl())
                .connectTimeout(kafka.connectTimeout())
                .lookupTimeout(kafka.lookupTimeout())
                .defaultDeadline(rest.requestTimeout())
                .maxOpenRequests(rest.maxConcurrentRequests())
                .maxFollowers(kafka.maxFollowers())
                .payloads(payloads)
                .kafka(kafka.properties())
                .build();
    }
}
