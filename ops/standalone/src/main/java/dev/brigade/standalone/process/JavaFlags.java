package dev.brigade.standalone.process;

import java.util.List;
import java.util.stream.Stream;

/** How the JVMs of one machine are set, where several start at once on a few cores. */
public final class JavaFlags {

    private static final List<String> ALL =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /** Only the quick compiler: half the work of a start. */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1");

    /**
     * The thorough compiler as well, but ten times later than usual: what is hot for minutes gets
     * it, and the start does not pay a quarter of its time for it.
     */
    private static final List<String> LASTING =
            List.of(
                    "-XX:Tier4InvocationThreshold=50000",
                    "-XX:Tier4MinInvocationThreshold=6000",
                    "-XX:Tier4CompileThreshold=150000",
                    "-XX:Tier4BackEdgeThreshold=400000");

    private JavaFlags() {}

    /** For programs that do little in Java, or live shortly. */
    public static List<String> quick(int heapMb) {
        return flags(heapMb, QUICK);
    }

    /** For programs that work hard for long. */
    public static List<String> lasting(int heapMb) {
        return flags(heapMb, LASTING);
    }

    private static List<String> flags(int heapMb, List<String> compiler) {
        return Stream.of(List.of("-Xmx" + heapMb + "m"), ALL, compiler)
                .flatMap(List::stream)
                .toList();
    }
}
