package dev.brigade.rest.generation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a stream that was asked to include usage: every piece then has the field, null in all
 * but the last.
 */
record PieceWithUsage(@JsonUnwrapped Object piece, @Nullable UsageView usage) {}
