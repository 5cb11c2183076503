package dev.brigade.rest.health;

import java.util.List;

/**
 * Requests cannot be answered yet.
 *
 * @param progress models that are loaded, of those that live workers have
 */
record NotReady(String status, String reason, String progress, List<String> loadedModels) {}
