package dev.brigade.rest.ledger;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.serde.HttpSchemaRegistry;
import dev.brigade.contract.serde.SchemaRegistry;
import dev.brigade.rest.config.KafkaProperties;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    /** Replaced where the adapter runs without Kafka, as in its own tests. */
    @Bean
    @ConditionalOnMissingBean
    Ledger ledger(KafkaProperties kafka) {
        return KafkaLedger.start(new LedgerClients(kafka), new AvroWire(registry(kafka)));
    }

    /** Tells when files and batches are over. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    private static SchemaRegistry registry(KafkaProperties kafka) {
        String url = kafka.schemaRegistryUrl();
        return url == null ? BuiltInSchemas.instance() : new HttpSchemaRegistry(url);
    }
}
