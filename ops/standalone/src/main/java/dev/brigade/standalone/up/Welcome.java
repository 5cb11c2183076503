package dev.brigade.standalone.up;

import dev.brigade.standalone.settings.StandaloneSettings;
import java.util.List;

/** What a person who has just started the system is told. */
final class Welcome {

    private Welcome() {}

    static List<String> lines(StandaloneSettings settings) {
        String kafka = "127.0.0.1:" + settings.kafkaPort();
        return List.of(
                "REST adapter %s, Kafka %s, schema registry http://127.0.0.1:%d"
                        .formatted(settings.restUrl(), kafka, settings.registryPort()),
                "",
                "Try next, in another terminal:",
                "",
                "  ops/brigade ask \"What is Kafka?\"",
                "",
                "  curl -N %s/v1/chat/completions -H 'Content-Type: application/json' \\"
                        .formatted(settings.restUrl()),
                "    -d '{\"model\": \"auto\", \"stream\": true,"
                        + " \"messages\": [{\"role\": \"user\", \"content\": \"What is Kafka?\"}]}'",
                "",
                "  kcat -b %s -C -t inference.replies -f 'request %%k: %%S bytes\\n'"
                        .formatted(kafka),
                "");
    }
}
