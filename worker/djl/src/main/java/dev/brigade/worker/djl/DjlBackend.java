package dev.brigade.worker.djl;

import dev.brigade.worker.backend.Availability;
import dev.brigade.worker.backend.Backend;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.FileDigest;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.djl.folder.FolderFault;
import dev.brigade.worker.djl.folder.ModelFolder;
import dev.brigade.worker.djl.folder.TextSetup;
import dev.brigade.worker.djl.image.ImageClassifier;
import dev.brigade.worker.djl.network.Engines;
import dev.brigade.worker.djl.network.NetworkFile;
import dev.brigade.worker.djl.text.CrossEncoder;
import dev.brigade.worker.djl.text.TextEmbedder;

/**
 * Runs image classifiers, embedding models and rerankers from local folders, in the worker's own
 * process. What a folder holds is seen from its files.
 */
public final class DjlBackend implements Backend {

    private static final int DIGEST_PERCENT = 40;

    @Override
    public String name() {
        return "djl";
    }

    @Override
    public Availability availability() {
        return Engines.availability();
    }

    @Override
    public LoadedModel load(ModelSpec spec, BackendContext context)
            throws ModelLoadException, InterruptedException {
        context.progress().loaded(0);
        ModelFolder folder = new ModelFolder(spec.file());
        try {
            folder.mustExist();
            NetworkFile file = NetworkFile.find(folder, spec.options().engine());
            String digest =
                    FileDigest.check(
                            file.path(),
                            spec.sha256(),
                            percent -> context.progress().loaded(percent * DIGEST_PERCENT / 100));
            LoadedModel model = load(spec, folder, file, digest, context);
            context.progress().loaded(100);
            return model;
        } catch (FolderFault e) {
            throw e.of(folder);
        }
    }

    private static LoadedModel load(
            ModelSpec spec,
            ModelFolder folder,
            NetworkFile file,
            String digest,
            BackendContext context) {
        if (!readsTexts(folder, file)) {
            return ImageClassifier.load(spec, folder, file, digest, context);
        }
        TextSetup setup = TextSetup.read(folder, spec.options().embedding());
        return setup.isReranker()
                ? CrossEncoder.load(spec, setup, file, digest, context)
                : TextEmbedder.load(spec, setup, file, digest, context);
    }

    private static boolean readsTexts(ModelFolder folder, NetworkFile file) {
        return file.onnx()
                .map(onnx -> onnx.input("input_ids").isPresent())
                .orElseGet(() -> TextSetup.isIn(folder));
    }
}
