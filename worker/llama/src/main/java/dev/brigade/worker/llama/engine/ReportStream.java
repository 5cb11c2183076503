package dev.brigade.worker.llama.engine;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes standard output for reports alone. What native code or a library prints there would break
 * the frames, so the pipe moves to another descriptor and descriptor 1 becomes a copy of standard
 * error.
 */
final class ReportStream {

    private static final int BUFFER_BYTES = 1 << 14;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private ReportStream() {}

    static OutputStream claim() throws IOException {
        System.setOut(System.err);
        if (!Files.isDirectory(Path.of("/dev/fd"))) {
            // No descriptors by name on this system: only Java's own prints are kept away.
            return new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES);
        }
        int pipe = Descriptors.copy(STDOUT);
        Descriptors.replace(STDERR, STDOUT);
        return new BufferedOutputStream(new FileOutputStream("/dev/fd/" + pipe), BUFFER_BYTES);
    }

    /** The two system calls on file descriptors that Java does not offer. */
    @SuppressWarnings("restricted") // the engine process is started with native access
    private static final class Descriptors {

        private static final MethodHandle DUP =
                function("dup", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        private static final MethodHandle DUP2 =
                function(
                        "dup2",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

        static int copy(int descriptor) throws IOException {
            try {
                return checked((int) DUP.invokeExact(descriptor));
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IOException("dup failed", e);
            }
        }

        static void replace(int from, int to) throws IOException {
            try {
                checked((int) DUP2.invokeExact(from, to));
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IOException("dup2 failed", e);
            }
        }

        private static int checked(int result) throws IOException {
            if (result < 0) {
                throw new IOException("standard output cannot be moved");
            }
            return result;
        }

        private static MethodHandle function(String name, FunctionDescriptor type) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
        }
    }
}
