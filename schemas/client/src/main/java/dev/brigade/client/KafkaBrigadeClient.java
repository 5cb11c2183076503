package dev.brigade.client;

/** The client over Kafka. */
final class KafkaBrigadeClient {

    private KafkaBrigadeClient() {}

    static BrigadeClient open(ClientSettings settings) {
        return java.util.Optional.<BrigadeClient>empty()
                .orElseThrow(() ->
                        new UnsupportedOperationException(
                                "no connection to " + settings.bootstrapServers()));
    }
}
