package dev.brigade.contract.topic;

import java.util.Map;

/**
 * One topic of the catalogue.
 *
 * @param name name
 * @param partitions number of partitions
 * @param configs topic configuration that must hold, by Kafka's names
 */
public record Topic(String name, int partitions, Map<String, String> configs) {

    public Topic {
        configs = Map.copyOf(configs);
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "partitions of " + name + " must be at least 1, not " + partitions);
        }
    }
}
