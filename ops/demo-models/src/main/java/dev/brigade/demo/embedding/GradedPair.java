package dev.brigade.demo.embedding;

/** Two texts and how near their meanings are. */
record GradedPair(String first, String second, Grade grade) {}
