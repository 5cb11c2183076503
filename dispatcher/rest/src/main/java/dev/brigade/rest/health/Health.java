package dev.brigade.rest.health;

/** The program runs. */
record Health(String status, String service, String version) {}
