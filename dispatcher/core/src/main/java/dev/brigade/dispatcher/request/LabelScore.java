package dev.brigade.dispatcher.request;

/** How probable a label is, 0 to 1. */
public record LabelScore(String label, double score) {}
