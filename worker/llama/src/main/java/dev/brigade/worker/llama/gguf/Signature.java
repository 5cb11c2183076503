package dev.brigade.worker.llama.gguf;

import java.io.IOException;
import java.util.Map;

/** The first eight bytes: whether the file is GGUF at all, and of a version the engine reads. */
final class Signature {

    private static final int GGUF = 0x46554747;

    /** What people put in the place of a model, by its first four bytes read little-endian. */
    private static final Map<Integer, String> FOREIGN =
            Map.of(
                    0x47475546, "is GGUF of a big-endian machine",
                    0x67676D6C, "is in the old GGML format, which must be converted to GGUF",
                    0x67676A74, "is in the old GGJT format, which must be converted to GGUF",
                    0x04034B50, "is a ZIP or PyTorch file, not GGUF",
                    0x73726576, "is a Git LFS pointer; the model itself was not downloaded",
                    0x4D44213C, "is an HTML page, not GGUF",
                    0x4F44213C, "is an HTML page, not GGUF");

    private Signature() {}

    static void check(GgufCursor in) throws IOException, GgufFault {
        if (in.size() == 0) {
            throw new GgufFault("is empty");
        }
        int magic = in.i32("the magic number");
        if (magic != GGUF) {
            throw new GgufFault(FOREIGN.getOrDefault(magic, "is not a GGUF file"));
        }
        int version = in.i32("the version");
        if ((version & 0xFFFF) == 0) {
            throw new GgufFault("is GGUF of a big-endian machine");
        }
        if (version != 2 && version != 3) {
            throw new GgufFault(
                    "is GGUF version %s; this engine reads 2 and 3"
                            .formatted(Integer.toUnsignedString(version)));
        }
    }
}
