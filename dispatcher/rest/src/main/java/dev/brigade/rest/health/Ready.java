package dev.brigade.rest.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests are answered. */
record Ready(
        String status,
        List<String> loadedModels,
        @Nullable String config,
        String orchestrationMode) {}
