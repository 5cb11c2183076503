package dev.brigade.rest.files;

/** OpenAI's answer to a deletion. */
record DeletedView(String id, String object, boolean deleted) {}
