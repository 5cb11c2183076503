package dev.brigade.rest.generation;

import static java.util.Map.entry;

import dev.brigade.rest.json.JsonFields;
import java.util.Map;
import java.util.TreeMap;

/** OpenAI's fields that Brigade cannot honour, each with the value that asks for nothing. */
final class UnsupportedFields {

    private static final Map<String, NoOp> FIELDS =
            new TreeMap<>(
                    Map.ofEntries(
                            entry("audio", NoOp.NONE),
                            entry("best_of", NoOp.ONE),
                            entry("cache", NoOp.NONE),
                            entry("function_call", NoOp.NONE_BY_NAME),
                            entry("functions", NoOp.EMPTY),
                            entry("logit_bias", NoOp.EMPTY),
                            entry("logprobs", NoOp.FALSE),
                            entry("modalities", NoOp.ONLY_TEXT),
                            entry("moderation", NoOp.NONE),
                            entry("n", NoOp.ONE),
                            entry("parallel_tool_calls", NoOp.NONE),
                            entry("prediction", NoOp.NONE),
                            entry("prompt_cache_key", NoOp.NONE),
                            entry("prompt_cache_retention", NoOp.NONE),
                            entry("reasoning_effort", NoOp.NONE_BY_NAME),
                            entry("store", NoOp.FALSE),
                            entry("suffix", NoOp.EMPTY),
                            entry("tool_choice", NoOp.NONE_BY_NAME),
                            entry("tools", NoOp.EMPTY),
                            entry("top_logprobs", NoOp.ZERO),
                            entry("verbosity", NoOp.NONE),
                            entry("web_search_options", NoOp.NONE)));

    private UnsupportedFields() {}

    /** Refuses the first of them that asks for something. */
    static void refuseIn(JsonFields body) {
        FIELDS.forEach(body::refuse);
    }
}
