package dev.brigade.worker.llama.gguf;

/** What is wrong with a GGUF file: half a sentence that goes on from the file's name. */
final class GgufFault extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_NAME = 64;

    GgufFault(String message) {
        super(message);
    }

    /** A name out of the file, fit for one line of a log. */
    static String quote(String name) {
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
        return "'" + cut.replaceAll("[^\\x20-\\x7E…]", "?") + "'";
    }
}
