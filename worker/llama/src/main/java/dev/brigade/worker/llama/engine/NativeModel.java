package dev.brigade.worker.llama.engine;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.LogFormat;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Constraint;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.llama.gguf.GgufModel;
import dev.brigade.worker.llama.gguf.Vocabulary;
import dev.brigade.worker.llama.wire.Command;
import dev.brigade.worker.llama.wire.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A model in the native engine. What would abort the process must not come this far. */
final class NativeModel {

    private static final int ALL_LAYERS = 999;
    private static final long LOG_WRITE_NANOS = 300_000_000;
    private static final String JSON_OBJECT = "{\"type\":\"object\"}";
    private static final String NO_CHAT =
            "this model has no chat template; it can only complete text";

    /**
     * What the converter lets stand between two marks of JSON: a new line and twenty blanks, each a
     * token. A small model fills its context with them.
     */
    private static final Pattern SPACE_RULE = Pattern.compile("(?m)^space ::= .*$");

    private static final String AT_MOST_ONE_SPACE = "space ::= | \" \"";

    private final LlamaModel model;
    private final Vocabulary vocabulary;
    private final PieceTokens pieceTokens;
    private final Optional<ChatTemplate> template;
    private final boolean spellsJson;

    private NativeModel(LlamaModel model, Vocabulary vocabulary, Optional<String> template) {
        this.model = model;
        this.vocabulary = vocabulary;
        this.pieceTokens = new PieceTokens(vocabulary);
        String bosToDrop = vocabulary.addsBos() ? vocabulary.bosText() : "";
        this.template =
                template.map(text -> new ChatTemplate(text, bosToDrop, model::applyTemplate));
        this.spellsJson = IntStream.rangeClosed('!', '~').allMatch(this::spells);
    }

    static NativeModel load(Command.Load load, Consumer<Report.Loading> progress)
            throws ModelLoadException {
        Vocabulary vocabulary = GgufModel.read(Path.of(load.file())).vocabulary();
        progress.accept(new Report.Loading(Report.Stage.STARTED));
        LlamaModel.setLogger(LogFormat.TEXT, (level, line) -> {});
        LlamaModel model = open(load);
        progress.accept(new Report.Loading(Report.Stage.WEIGHTS));
        NativeModel ready = new NativeModel(model, vocabulary, load.chatTemplate());
        if (load.chatTemplate().isPresent()) {
            progress.accept(new Report.Loading(Report.Stage.TEMPLATE));
            ready.tryTemplate();
        }
        return ready;
    }

    private static LlamaModel open(Command.Load load) throws ModelLoadException {
        try {
            return new LlamaModel(parameters(load).disableLog());
        } catch (RuntimeException e) { // the binding's own exception is not public
            explain(load);
            throw new ModelLoadException(
                    "model file " + load.file() + " was refused by the engine", e);
        }
    }

    /** Fails again with the log on, since it alone says why; the worker reads standard error. */
    private static void explain(Command.Load load) {
        try {
            // Naming a file is what turns the log on again.
            LlamaModel again = new LlamaModel(parameters(load).setLogFile("/dev/null"));
            again.close();
        } catch (RuntimeException e) {
            // As expected. A native thread writes the log, and nothing tells when it is done.
            LockSupport.parkNanos(LOG_WRITE_NANOS);
        }
    }

    private static ModelParameters parameters(Command.Load load) {
        ModelParameters parameters =
                new ModelParameters()
                        .setModel(load.file())
                        .setCtxSize(Math.multiplyExact(load.contextLength(), load.slots()))
                        .setParallel(load.slots())
                        .setThreads(load.threads())
                        .setThreadsBatch(load.threads())
                        .setGpuLayers(load.gpuLayers() < 0 ? ALL_LAYERS : load.gpuLayers())
                        .disableContextShift();
        load.chatTemplate()
                .ifPresent(text ->
                        parameters.enableJinja().setChatTemplate(ChatTemplate.fenced(text)));
        return parameters;
    }

    /** Renders a chat as it may come, so that a template the engine cannot run fails now. */
    private void tryTemplate() {
        try {
            prompt(
                    new Prompt.Chat(
                            List.of(
                                    new Message("user", "a"),
                                    new Message("assistant", "b"),
                                    new Message("user", "c"))));
        } catch (Refusal e) {
            throw new AssertionError("turns in order", e);
        }
    }

    /** Whether the vocabulary can spell JSON; a grammar over one that cannot has no way on. */
    boolean spellsJson() {
        return spellsJson;
    }

    /** The text that the model reads. */
    String prompt(Prompt prompt) throws Refusal {
        return switch (prompt) {
            case Prompt.Raw(String text) -> text;
            case Prompt.Chat(List<Message> messages) ->
                    template.orElseThrow(() -> new Refusal(ErrorCode.UNSUPPORTED_TASK, NO_CHAT))
                            .render(messages);
        };
    }

    /** Tokens of a prompt, with those that the engine adds to it. */
    int promptTokens(String prompt) {
        return model.encode(prompt).length
                + (vocabulary.addsBos() ? 1 : 0)
                + (vocabulary.addsEos() ? 1 : 0);
    }

    /** Tokens that a piece of generated text covers. */
    int tokensOf(String piece) {
        return pieceTokens.of(piece);
    }

    /** Hands a request to the engine. */
    LlamaIterator start(String prompt, GenerationRequest request, int limit) throws Refusal {
        InferenceParameters parameters = new InferenceParameters(prompt).setNPredict(limit);
        request.temperature().ifPresent(value -> parameters.setTemperature((float) value));
        request.topP().ifPresent(value -> parameters.setTopP((float) value));
        request.topK().ifPresent(parameters::setTopK);
        request.minP().ifPresent(value -> parameters.setMinP((float) value));
        request.presencePenalty().ifPresent(value -> parameters.setPresencePenalty((float) value));
        request.frequencyPenalty()
                .ifPresent(value -> parameters.setFrequencyPenalty((float) value));
        request.repeatPenalty().ifPresent(value -> parameters.setRepeatPenalty((float) value));
        if (request.seed().isPresent()) {
            // What a slot remembers of an earlier prompt changes the last bits of the numbers.
            parameters.setSeed(seed(request.seed().getAsLong())).setCachePrompt(false);
        }
        grammar(request.constraint()).ifPresent(parameters::setGrammar);
        return model.generate(parameters).iterator();
    }

    private Optional<String> grammar(Constraint constraint) throws Refusal {
        if (constraint instanceof Constraint.None) {
            return Optional.empty();
        }
        if (!spellsJson) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED_FIELD, "this model's vocabulary cannot spell JSON");
        }
        String grammar =
                LlamaModel.jsonSchemaToGrammar(
                        constraint instanceof Constraint.JsonSchema(String schema)
                                ? schema
                                : JSON_OBJECT);
        return Optional.of(SPACE_RULE.matcher(grammar).replaceAll(AT_MOST_ONE_SPACE));
    }

    /** The engine's seeds have 32 bits, and all ones means a random one. */
    private static int seed(long seed) {
        return (int) (seed ^ seed >>> 32) & Integer.MAX_VALUE;
    }

    private boolean spells(int character) {
        String text = Character.toString(character);
        return model.decode(model.encode(text)).strip().equals(text);
    }
}
