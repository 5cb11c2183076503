package dev.brigade.worker.llama;

import dev.brigade.worker.llama.engine.EngineMain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How an engine process is started: this JVM's program and class path, a small heap. */
final class EngineCommandLine {

    private EngineCommandLine() {}

    /**
     * @param modelId shown in the list of processes
     */
    static List<String> of(String modelId, NativeLibrary.Place library, int heapMb) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMb + "m",
                "-Xms16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + library.folder().resolve("hs_err_%p.log"),
                "--enable-native-access=ALL-UNNAMED",
                "-Dde.kherud.llama.lib.path=" + library.folder(),
                "-Dde.kherud.llama.tmpdir=" + library.empty(),
                "-cp",
                System.getProperty("java.class.path"),
                EngineMain.class.getName(),
                modelId);
    }

    /**
     * Variables that the engine gets unless the worker has them already. Native threads that wait
     * for each other sleep instead of spinning: on a busy machine spinning ones take the processor
     * from the very thread they wait for, and a model falls to a fortieth of its speed.
     */
    static Map<String, String> environment() {
        return Map.of("OMP_WAIT_POLICY", "passive");
    }
}
