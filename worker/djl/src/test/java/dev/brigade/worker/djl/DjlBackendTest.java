package dev.brigade.worker.djl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import dev.brigade.config.ModelOptions;
import dev.brigade.config.ModelOptions.Device;
import dev.brigade.config.ModelOptions.Engine;
import dev.brigade.worker.backend.Availability;
import dev.brigade.worker.backend.Backend;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.ModelLoadException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DjlBackendTest {

    @TempDir Path root;

    /** Before anything here touches DJL, which reads its settings once. */
    @BeforeAll
    static void setUp() {
        assertThat(new DjlBackend().availability()).isEqualTo(new Availability.Available());
    }

    @Test
    void isFoundByItsNameAndRunsHere() {
        assertThat(ServiceLoader.load(Backend.class))
                .filteredOn(backend -> backend.name().equals("djl"))
                .singleElement()
                .isInstanceOf(DjlBackend.class)
                .extracting(Backend::availability)
                .isEqualTo(new Availability.Available());
    }

    @Test
    void nothingIsFetchedOrTold() {
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
    }

    /** See docs/decisions/onnxruntime-without-telemetry.md. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "linux-x64/libonnxruntime.so",
                "linux-aarch64/libonnxruntime.so",
                "osx-aarch64/libonnxruntime.dylib",
                "win-x64/onnxruntime.dll"
            })
    void theNativeLibraryDoesNotPhoneHome(String library) throws Exception {
        try (InputStream in =
                OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/" + library)) {
            String bytes = new String(Objects.requireNonNull(in).readAllBytes(), ISO_8859_1);
            assertThat(bytes.contains("onnxruntime")).isTrue();
            assertThat(bytes.contains("events.data.microsoft.com")).isFalse();
            assertThat(bytes.contains("ORT_DISABLE_TELEMETRY")).isFalse();
        }
    }

    @Test
    void aFolderWithoutANetworkIsRefused() {
        assertRefused(new TestingFolder(root.resolve("absent")), "there is no such folder");
        assertRefused(
                new TestingFolder(root),
                "it holds neither model.onnx nor a TorchScript file (*.pt)");
        assertRefused(
                new TestingFolder(root).file("model.onnx", "not a model at all, but some text"),
                "model.onnx is no ONNX model: ");
    }

    /** The Maven profile pytorch has the engine. */
    @Test
    void aTorchScriptFileRunsWherePyTorchIs() throws Exception {
        TestingFolder folder = TestingFolder.ofTorchScriptColours(root, 8);
        if (ai.djl.engine.Engine.hasEngine("PyTorch")) {
            try (LoadedModel model = folder.load()) {
                assertThat(model.facts().labels()).containsExactly("red", "green", "blue");
            }
        } else {
            assertRefused(folder, "model.pt needs PyTorch, which is not on the class path");
        }
        assertRefused(
                folder, with(Engine.ONNXRUNTIME, Device.AUTO), "it lacks model.onnx, for engine");
    }

    @Test
    void aFileThatIsNoTorchScriptIsRefused() {
        assertRefused(new TestingFolder(root).file("model.pt", "no zip"), "model.pt ");
    }

    @Test
    void aDeviceThatIsNotThereIsRefusedOnlyWhereItWasAskedFor() throws Exception {
        TestingFolder folder = TestingFolder.ofColours(root, 8);
        assertRefused(
                folder,
                with(Engine.AUTO, new Device(Device.Kind.CUDA, OptionalInt.of(1))),
                "device cuda: this ONNX Runtime has no CUDA; onnxruntime_gpu has");

        for (Device.Kind kind : new Device.Kind[] {Device.Kind.AUTO, Device.Kind.CPU}) {
            ModelOptions options = with(Engine.ONNXRUNTIME, new Device(kind, OptionalInt.empty()));
            try (LoadedModel model = folder.load(options, BackendContext.alone())) {
                assertThat(model.health())
                        .as(kind.name().toLowerCase(Locale.ROOT))
                        .isEqualTo(LoadedModel.Health.READY);
            }
        }
    }

    @Test
    void aModelCanBeLoadedAndUnloadedAgainAndAgain() throws Exception {
        TestingFolder folder = TestingFolder.ofEmbeddings(root);
        for (int i = 0; i < 20; i++) {
            folder.load().close();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .as("threads of closed models")
                .noneMatch(thread -> thread.getName().equals("inference-m"));
    }

    private static ModelOptions with(Engine engine, Device device) {
        ModelOptions defaults = ModelOptions.DEFAULT;
        return new ModelOptions(
                engine,
                device,
                defaults.batch(),
                defaults.classify(),
                defaults.embedding(),
                defaults.remote());
    }

    private static void assertRefused(TestingFolder folder, String why) {
        assertRefused(folder, ModelOptions.DEFAULT, why);
    }

    private static void assertRefused(TestingFolder folder, ModelOptions options, String why) {
        assertThatThrownBy(() -> folder.load(options, BackendContext.alone()))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageStartingWith("model folder " + folder.root() + ": " + why);
    }
}
