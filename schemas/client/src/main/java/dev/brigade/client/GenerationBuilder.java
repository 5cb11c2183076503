package dev.brigade.client;

import dev.brigade.schema.ResponseFormat;
import dev.brigade.schema.ResponseFormatType;
import java.util.List;

/**
 * Collects what chats, completions and maps have in common. What is not set is the server's
 * default; bounds are checked when the request is sent.
 *
 * @param <B> the builder itself
 */
public abstract sealed class GenerationBuilder<B extends GenerationBuilder<B>>
        extends SamplingBuilder<B> permits ConversationBuilder, CompletionRequest.Builder {

    GenerationBuilder() {}

    /** Above 0 to 1. */
    public B topP(double value) {
        sampling.setTopP(value);
        return self();
    }

    /** 0 to 1000; 0 keeps all candidates. */
    public B topK(int value) {
        sampling.setTopK(value);
        return self();
    }

    /** 0 to 1. */
    public B minP(double value) {
        sampling.setMinP(value);
        return self();
    }

    /** Up to 4 strings that end the answer. */
    public B stop(String... values) {
        sampling.setStop(List.of(values));
        return self();
    }

    /** The same seed, model and engine give the same text. */
    public B seed(long value) {
        sampling.setSeed(value);
        return self();
    }

    /** -2 to 2. */
    public B presencePenalty(double value) {
        sampling.setPresencePenalty(value);
        return self();
    }

    /** -2 to 2. */
    public B frequencyPenalty(double value) {
        sampling.setFrequencyPenalty(value);
        return self();
    }

    /** 0.1 to 2; 1 is none. */
    public B repeatPenalty(double value) {
        sampling.setRepeatPenalty(value);
        return self();
    }

    /** The answer must be a JSON object. */
    public B jsonObject() {
        sampling.setResponseFormat(new ResponseFormat(ResponseFormatType.JSON_OBJECT, null));
        return self();
    }

    /** The answer must follow this JSON schema. */
    public B jsonSchema(String schema) {
        sampling.setResponseFormat(new ResponseFormat(ResponseFormatType.JSON_SCHEMA, schema));
        return self();
    }

    /** {@code code}, {@code analyze}, {@code simple} and the like; chooses a role. */
    public B taskType(String value) {
        request.setTaskType(value);
        return self();
    }

    /** {@code primary}, {@code fast}, {@code coder}, {@code thinker} or {@code longctx}. */
    public B role(String value) {
        request.setRole(value);
        return self();
    }

    /**
     * {@code single}, {@code critique}, {@code debate}, {@code ensemble} or {@code pipeline}; other
     * than {@code single} for chats only. A map's is always {@code map}.
     */
    public B orchestrationMode(String value) {
        request.setOrchestrationMode(value);
        return self();
    }

    /** Named preset of models and mode; not together with a model. */
    public B preset(String value) {
        request.setPreset(value);
        return self();
    }

    /**
     * Whether the drafts of earlier stages are streamed too; {@link StreamListener#onStage} takes
     * them.
     */
    public B streamStages(boolean value) {
        request.setStreamStages(value);
        return self();
    }

    /**
     * Whether the next smaller mode will do where too few models are up; the report says which was
     * used. Else such a request is refused with {@code too_few_models}.
     */
    public B allowSmallerMode(boolean value) {
        request.setAllowSmallerMode(value);
        return self();
    }

    /** Most tokens of all stages together, prompts included; 1 to 10,000,000. */
    public B maxTotalTokens(int value) {
        request.setMaxTotalTokens(value);
        return self();
    }
}
