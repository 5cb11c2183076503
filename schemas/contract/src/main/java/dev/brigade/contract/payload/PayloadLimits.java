package dev.brigade.contract.payload;

/** From what size on bytes leave the record for the payload store, and what is too large for it. */
public final class PayloadLimits {

    /** Largest image, in bytes, that travels inside a record where there is a payload store. */
    public static final int INLINE_IMAGE_BYTES = 512 << 10;

    /** Largest image, in bytes, that travels inside a record where there is no payload store. */
    public static final int LARGEST_INLINE_IMAGE_BYTES = 3 << 20;

    /** Largest image, in bytes. */
    public static final int IMAGE_BYTES = 32 << 20;

    /** Largest block of vectors, in bytes, that travels inside a record. */
    public static final int INLINE_VECTOR_BYTES = 1 << 20;

    /** Largest block of vectors, in bytes: 2048 of the longest. */
    public static final int VECTOR_BYTES = 512 << 20;

    /** Largest manifest of a batch, in bytes. */
    public static final long MANIFEST_BYTES = 1L << 30;

    private PayloadLimits() {}
}
