package dev.brigade.contract.payload;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.ServiceLoader;

/** Opens payload stores by their location. */
public final class PayloadStores {

    private PayloadStores() {}

    /**
     * The store at a location: an absolute folder, which is made where it is missing, or what a
     * {@link PayloadStoreProvider} on the class path accepts.
     *
     * @throws IllegalArgumentException when the location is neither
     * @throws PayloadException {@code payload_store_down} when it cannot be used
     */
    public static PayloadStore open(String location) {
        for (PayloadStoreProvider provider : ServiceLoader.load(PayloadStoreProvider.class)) {
            if (provider.accepts(location)) {
                return provider.open(location);
            }
        }
        return FolderPayloadStore.at(folder(location), InstantSource.system());
    }

    /** The store at a location; without one, {@link #none}. */
    public static PayloadStore open(Optional<String> location) {
        return location.map(PayloadStores::open).orElseGet(PayloadStores::none);
    }

    /** No store: every use fails with {@code payload_store_missing}. */
    public static PayloadStore none() {
        return MissingPayloadStore.INSTANCE;
    }

    private static Path folder(String location) {
        if (location.contains("://")) {
            throw new IllegalArgumentException(
                    "a payload store is an absolute folder, or s3://bucket/prefix where the module"
                            + " payloads-s3 is on the class path");
        }
        try {
            Path folder = Path.of(location);
            if (folder.isAbsolute()) {
                return folder;
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        throw new IllegalArgumentException("the folder of a payload store must be absolute");
    }
}
