package dev.brigade.worker.djl.network;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.djl.folder.FolderFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loaded network. One thread at a time may run it. */
public final class Network<I, O> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Network.class);

    private final Model model;
    private final Predictor<I, O> predictor;

    private Network(Model model, Predictor<I, O> predictor) {
        this.model = model;
        this.predictor = predictor;
    }

    /** Loads a network where the model's options want it. */
    public static <I, O> Network<I, O> load(
            ModelSpec spec, NetworkFile file, BatchTranslator<I, O> translator) {
        Place place = Place.of(file, spec.options().device());
        try {
            return load(spec, file, translator, place);
        } catch (FolderFault e) {
            if (place.certain()) {
                throw e;
            }
            LOG.warn("model {} cannot run in {}: {}", spec.id(), place, e.getMessage());
            return load(spec, file, translator, place.onCpu());
        }
    }

    private static <I, O> Network<I, O> load(
            ModelSpec spec, NetworkFile file, BatchTranslator<I, O> translator, Place place) {
        Model model = place.engine().newModel(spec.id(), place.device());
        try {
            model.load(folder(file.path()), stem(file.path()), options(spec, file));
            Network<I, O> network = new Network<>(model, model.newPredictor(translator));
            LOG.info("model {} runs in {}", spec.id(), place);
            return network;
        } catch (IOException | MalformedModelException | RuntimeException | LinkageError e) {
            model.close();
            throw new FolderFault(
                    "%s cannot be loaded by %s: %s"
                            .formatted(file.path().getFileName(), place, root(e)),
                    e);
        }
    }

    /**
     * Runs it on several inputs at once.
     *
     * @throws TranslateException when it cannot run these
     */
    public List<O> run(List<I> inputs) throws TranslateException {
        return predictor.batchPredict(inputs);
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }

    private static Map<String, Object> options(ModelSpec spec, NetworkFile file) {
        Map<String, Object> options = new HashMap<>();
        if (file.onnx().isPresent()) {
            options.put("sessionOptions", session());
            options.put("intraOpNumThreads", Integer.toString(Math.max(1, spec.threads())));
            options.put("interOpNumThreads", "1");
        }
        return options;
    }

    /** DJL hands it on and never closes it; ONNX Runtime has copied it by then. */
    private static OrtSession.SessionOptions session() {
        try {
            OrtSession.SessionOptions session = new OrtSession.SessionOptions();
            // Threads that wait for work by turning round and round take the cores from the others.
            session.addConfigEntry("session.intra_op.allow_spinning", "0");
            return session;
        } catch (OrtException e) {
            throw new EngineException("ONNX Runtime has no such option", e);
        }
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file : folder;
    }

    /** The name without what follows its last dot: how DJL wants it. */
    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static String root(Throwable e) {
        Throwable root = e;
        for (Throwable next = e; next != null; next = next.getCause()) {
            root = next;
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("unknown reason");
    }
}
