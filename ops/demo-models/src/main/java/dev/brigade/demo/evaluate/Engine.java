package dev.brigade.demo.evaluate;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.Pair;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model in the real engine, asked greedily. Only for short-lived programs: the engine cannot give
 * its memory back and keeps the JVM from ending, so such a program ends itself by {@link
 * Runtime#halt}. A file the engine does not like may end the process.
 */
public final class Engine {

    private final LlamaModel model;

    private Engine(LlamaModel model) {
        this.model = model;
    }

    /**
     * Loads a model with one thread and a context of that many tokens.
     *
     * @throws IOException when there is no such file or the engine's library cannot be unpacked
     */
    public static Engine load(Path file, int context) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("no file " + file);
        }
        // The loader unpacks the engine's library, and deletes what others unpacked beside it.
        Path folder = Files.createTempDirectory("demo-models");
        System.setProperty("de.kherud.llama.tmpdir", folder.toString());
        LlamaModel model =
                new LlamaModel(
                        new ModelParameters()
                                .setModel(file.toString())
                                .setCtxSize(context)
                                .setThreads(1)
                                .setThreadsBatch(1)
                                .disableLog()
                                .disableContextShift());
        deleteWithContent(folder);
        return new Engine(model);
    }

    /** Does a program's work and ends the JVM, which the engine would keep from ending. */
    static void runAndEnd(Runnable work) {
        int status = 1;
        try {
            work.run();
            status = 0;
        } catch (RuntimeException e) {
            System.err.println(e);
        } finally {
            System.out.flush();
            Runtime.getRuntime().halt(status);
        }
    }

    /** A library that is loaded needs its file no more. */
    private static void deleteWithContent(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path unpacked : files) {
                Files.delete(unpacked);
            }
        }
        Files.delete(folder);
    }

    /** The text the model reads for a conversation. Only its first turn may be a system message. */
    public String prompt(List<Turn> turns) {
        boolean instructed = turns.getFirst().role().equals("system");
        String instruction = instructed ? turns.getFirst().content() : "";
        List<Pair<String, String>> messages =
                turns.stream()
                        .skip(instructed ? 1 : 0)
                        .map(turn -> new Pair<>(turn.role(), turn.content()))
                        .toList();
        return model.applyTemplate(new InferenceParameters("").setMessages(instruction, messages));
    }

    /** The likeliest answer to a conversation, cut after {@code maxTokens}. */
    public String answer(List<Turn> turns, int maxTokens) {
        return String.join("", pieces(prompt(turns), maxTokens));
    }

    /** The likeliest continuation of a text, in the pieces in which it comes. */
    public List<String> pieces(String prompt, int maxTokens) {
        InferenceParameters parameters =
                new InferenceParameters(prompt)
                        .setTemperature(0)
                        .setSeed(1)
                        .setCachePrompt(false)
                        .setNPredict(maxTokens);
        LlamaIterator iterator = model.generate(parameters).iterator();
        List<String> pieces = new ArrayList<>();
        while (iterator.hasNext()) {
            pieces.add(iterator.next().text);
        }
        return pieces;
    }

    /** Ids of the tokens that the engine splits a text into, without the empty beginning. */
    public List<Integer> tokens(String text) {
        return Arrays.stream(model.encode(text)).boxed().toList();
    }
}
