package dev.brigade.contract.payload;

/** Brings a kind of payload store; found by {@link java.util.ServiceLoader}. */
public interface PayloadStoreProvider {

    /** Whether a location, such as {@code s3://bucket/prefix}, is of this kind. */
    boolean accepts(String location);

    /**
     * The store at a location.
     *
     * @throws IllegalArgumentException when the location is malformed
     * @throws PayloadException {@code payload_store_down} when it cannot be used
     */
    PayloadStore open(String location);
}
