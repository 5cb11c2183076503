package dev.brigade.rest.batches;

import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.rest.calls.Endpoint;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.config.FileArea;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.files.FileShelf;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.rest.ledger.Ledger;
import dev.brigade.schema.StoredPayload;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What every batch is worked on with. */
@Component
final class BatchKit {

    private static final long WINDOW_BYTES = 64L << 20;

    final BrigadeConnection connection;
    final Ledger ledger;
    final FileShelf shelf;
    final PayloadStore store;
    final BodyMemory memory;
    final Clock clock;
    final BatchProperties properties;
    final LineWindow window;
    private final List<Endpoint> endpoints;
    private final int maxLine;

    BatchKit(
            BrigadeConnection connection,
            Ledger ledger,
            FileShelf shelf,
            FileArea area,
            BodyMemory memory,
            Clock clock,
            BatchProperties properties,
            RestProperties rest,
            List<Endpoint> endpoints) {
        this.connection = connection;
        this.ledger = ledger;
        this.shelf = shelf;
        this.store = area.store();
        this.memory = memory;
        this.clock = clock;
        this.properties = properties;
        this.endpoints = List.copyOf(endpoints);
        this.maxLine = (int) rest.maxBody().toBytes();
        this.window = new LineWindow(properties.window(), Math.max(WINDOW_BYTES, maxLine));
    }

    Optional<Endpoint> endpoint(String url) {
        return endpoints.stream().filter(endpoint -> endpoint.url().equals(url)).findFirst();
    }

    List<String> urls() {
        return endpoints.stream().map(Endpoint::url).sorted().toList();
    }

    InputLines open(StoredPayload input) {
        return new InputLines(store.open(input), maxLine);
    }
}
