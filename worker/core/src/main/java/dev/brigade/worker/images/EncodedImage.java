package dev.brigade.worker.images;

/**
 * The bytes of an image file.
 *
 * @param fileName name of the file; empty where the bytes came without one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EncodedImage(byte[] bytes, String fileName) {}
