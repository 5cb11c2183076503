/**
 * Bytes that do not fit a record, kept under their digest: a folder, or whatever a {@link
 * dev.brigade.contract.payload.PayloadStoreProvider} brings.
 */
@NullMarked
package dev.brigade.contract.payload;

import org.jspecify.annotations.NullMarked;
