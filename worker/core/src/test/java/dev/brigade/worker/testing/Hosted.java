package dev.brigade.worker.testing;

import dev.brigade.config.ModelConfig;
import dev.brigade.config.ModelsConfig;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.calls.CallTools;
import dev.brigade.worker.images.ImageDesk;
import dev.brigade.worker.images.ImageSettings;
import dev.brigade.worker.pool.HostedModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;

/** Models as they stand in {@code models.yaml}. */
public final class Hosted {

    /** For models that take neither images nor have large results. */
    public static final CallTools TOOLS =
            new CallTools(
                    new ImageDesk(
                            ImageSettings.defaults(),
                            PayloadStores.none(),
                            new SimpleMeterRegistry()),
                    PayloadStores.none());

    private Hosted() {}

    /** The model {@code demo} with these properties. */
    public static HostedModel of(Path folder, String... properties) {
        String yaml =
                """
                models:
                  - id: demo
                    path: demo.model
                    roles: [fast]
                """
                        + String.join("\n", properties).indent(4);
        ModelConfig config = ModelsConfig.parse(yaml, "test").models().getFirst();
        return new HostedModel(
                config,
                new ModelSpec(
                        config.id(),
                        config.file(folder),
                        config.contextLength(),
                        config.slots(),
                        0,
                        0,
                        config.roles(),
                        config.chatTemplate(),
                        config.sha256(),
                        config.options()));
    }

    /** The model {@code demo}, which generates texts. */
    public static HostedModel text() {
        return of(Path.of("models"), "context_length: 1024");
    }
}
