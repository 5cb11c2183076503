package dev.brigade.demo.embedding;

/**
 * What is learnt from: a text, one of the same meaning, and one that looks alike but means
 * something else.
 */
record Triple(String anchor, String same, String other) {}
