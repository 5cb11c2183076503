package dev.brigade.worker.llama;

import dev.brigade.worker.backend.Availability;
import dev.brigade.worker.backend.ModelLoadException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * The engine's native library, unpacked by the worker before an engine process starts. Left to
 * themselves, processes that start at once delete each other's copies.
 */
final class NativeLibrary {

    private static final Path LINKER_CACHE = Path.of("/etc/ld.so.cache");
    private static final Path CPU = Path.of("/proc/cpuinfo");

    private NativeLibrary() {}

    /**
     * Where an engine process finds the library.
     *
     * @param folder holds the library
     * @param empty an empty folder, in which the binding may clean up as it likes
     */
    record Place(Path folder, Path empty) {}

    static Availability availability() {
        if (NativeLibrary.class.getResource(resource()) == null) {
            return new Availability.Unavailable(
                    "no llama.cpp library for " + system() + " " + architecture());
        }
        if (system().equals("Linux") && lacks(LINKER_CACHE, "libgomp.so.1")) {
            return new Availability.Unavailable(
                    "llama.cpp needs libgomp.so.1 (Debian and Ubuntu: apt install libgomp1)");
        }
        if (architecture().equals("x86_64") && lacks(CPU, "avx2")) {
            return new Availability.Unavailable("llama.cpp needs a processor with AVX2");
        }
        return new Availability.Available();
    }

    /**
     * Sees to it that the library lies in a folder of this user and this version of it. Any number
     * of processes may do so at once: each moves a whole copy into its place.
     */
    static Place unpack() throws ModelLoadException {
        try (InputStream resource = NativeLibrary.class.getResourceAsStream(resource())) {
            if (resource == null) {
                throw new ModelLoadException(
                        "no llama.cpp library for " + system() + " " + architecture());
            }
            byte[] library = resource.readAllBytes();
            Path folder = folder("llama-" + digest(library));
            Path target = folder.resolve(fileName());
            if (!Files.exists(target) || !Arrays.equals(Files.readAllBytes(target), library)) {
                Path copy = Files.createTempFile(folder, "copy", null);
                Files.write(copy, library);
                Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return new Place(folder, Files.createDirectories(folder.resolve("empty")));
        } catch (IOException e) {
            throw new ModelLoadException(
                    "the engine's native library cannot be unpacked into %s: %s"
                            .formatted(temporary(), e),
                    e);
        }
    }

    /** A folder that nobody else can write to. */
    private static Path folder(String version) throws IOException {
        Path own = temporary().resolve("brigade-" + System.getProperty("user.name"));
        Files.createDirectories(own);
        PosixFileAttributeView view =
                Files.getFileAttributeView(
                        own, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view != null && !isMine(view)) {
            return Files.createTempDirectory("brigade-engine");
        }
        return Files.createDirectories(own.resolve(version));
    }

    private static boolean isMine(PosixFileAttributeView view) throws IOException {
        var attributes = view.readAttributes();
        if (!attributes.isDirectory()
                || !attributes.owner().getName().equals(System.getProperty("user.name"))) {
            return false;
        }
        Set<PosixFilePermission> permissions = attributes.permissions();
        return !permissions.contains(PosixFilePermission.GROUP_WRITE)
                && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static String digest(byte[] library) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(library);
            return HexFormat.of().formatHex(sha256, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Whether a file that is there does not name {@code what}; other systems have no such file. */
    private static boolean lacks(Path file, String what) {
        try {
            return Files.isReadable(file)
                    && !new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                            .contains(what);
        } catch (IOException e) {
            return false;
        }
    }

    private static String resource() {
        return "/de/kherud/llama/%s/%s/%s".formatted(system(), architecture(), fileName());
    }

    private static String fileName() {
        return System.mapLibraryName("jllama");
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (name.contains("mac")) {
            return "Mac";
        }
        return name.contains("windows") ? "Windows" : "Linux";
    }

    private static String architecture() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "arm64", "aarch64" -> "aarch64";
            default -> name;
        };
    }
}
