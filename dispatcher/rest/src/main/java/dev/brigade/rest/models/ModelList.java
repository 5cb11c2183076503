package dev.brigade.rest.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** OpenAI's list, with the preset and mode that the deployment runs. */
record ModelList(
        String object, List<ModelView> data, @Nullable String config, String orchestrationMode) {}
