package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One name of a pattern: {@code *} is any characters, {@code ?} is one, {@code [a-z]} one of these,
 * {@code [!a-z]} one other than these, and {@code \} takes away the meaning of what follows. The
 * name {@code **} is any number of folders, none included.
 *
 * <p>Matching takes time in proportion to the lengths of pattern and name at most multiplied; a
 * regular expression made of a hostile pattern could take for ever.
 */
final class GlobName {

    private static final String ANY_FOLDERS = "**";
    private static final int MOST_ALTERNATIVES = 256;
    private static final int MOST_NAMES = 64;

    private final String text;
    private final List<Token> tokens;

    /** One character of a name, or any number of them. */
    private sealed interface Token {

        record Many() implements Token {}

        record One(String ranges, boolean negated) implements Token {
            boolean takes(char c) {
                for (int i = 0; i < ranges.length(); i += 2) {
                    if (c >= ranges.charAt(i) && c <= ranges.charAt(i + 1)) {
                        return !negated;
                    }
                }
                return negated;
            }
        }
    }

    private GlobName(String text) throws ImageFault {
        this.text = text;
        this.tokens = tokens(text);
        if (literal().filter(name -> name.equals("..") || name.equals(".")).isPresent()) {
            throw new ImageFault(
                    ErrorCode.PATH_TRAVERSAL, "the glob must not stand for '.' or '..'");
        }
    }

    /** The names of a pattern, once for each alternative that its braces give. */
    static List<List<GlobName>> parse(String glob) throws ImageFault {
        List<List<GlobName>> alternatives = new ArrayList<>();
        for (String alternative : expanded(glob)) {
            alternatives.add(names(alternative));
        }
        return alternatives;
    }

    private static List<GlobName> names(String glob) throws ImageFault {
        List<GlobName> names = new ArrayList<>();
        boolean folders = false;
        for (String name : glob.split("/")) {
            boolean repeated = folders && name.equals(ANY_FOLDERS);
            if (!name.isEmpty() && !name.equals(".") && !repeated) {
                names.add(new GlobName(name));
                folders = name.equals(ANY_FOLDERS);
            }
        }
        if (folders) {
            names.add(new GlobName("*"));
        }
        if (names.size() > MOST_NAMES) {
            throw invalid("the glob has more than %d folders".formatted(MOST_NAMES));
        }
        return names;
    }

    /** Replaces the first group in braces by each of its choices, until there is none. */
    private static List<String> expanded(String glob) throws ImageFault {
        List<String> open = new ArrayList<>(List.of(glob));
        List<String> done = new ArrayList<>();
        while (!open.isEmpty()) {
            String next = open.removeLast();
            int brace = next.indexOf('{');
            if (brace < 0) {
                done.add(next);
                continue;
            }
            int end = next.indexOf('}', brace);
            if (end < 0 || next.substring(brace + 1, end).contains("{")) {
                throw invalid("the glob has braces that are not closed, or nested ones");
            }
            for (String choice : next.substring(brace + 1, end).split(",", -1)) {
                open.add(next.substring(0, brace) + choice + next.substring(end + 1));
            }
            if (open.size() + done.size() > MOST_ALTERNATIVES) {
                throw invalid("the glob has more than %d choices".formatted(MOST_ALTERNATIVES));
            }
        }
        return done;
    }

    private static List<Token> tokens(String text) throws ImageFault {
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '*' -> {
                    if (tokens.isEmpty() || !(tokens.getLast() instanceof Token.Many)) {
                        tokens.add(new Token.Many());
                    }
                }
                case '?' -> tokens.add(new Token.One("", true));
                case '[' -> {
                    int end = text.indexOf(']', i + 2);
                    if (end < 0) {
                        throw invalid("the glob has a bracket that is not closed");
                    }
                    tokens.add(set(text.substring(i + 1, end)));
                    i = end;
                }
                case '\\' -> {
                    i = Math.min(i + 1, text.length() - 1);
                    tokens.add(one(text.charAt(i)));
                }
                default -> tokens.add(one(c));
            }
        }
        return tokens;
    }

    private static Token one(char c) {
        return new Token.One("" + c + c, false);
    }

    private static Token set(String inside) {
        boolean negated = inside.startsWith("!");
        StringBuilder ranges = new StringBuilder();
        for (int i = negated ? 1 : 0; i < inside.length(); i++) {
            boolean range = i + 2 < inside.length() && inside.charAt(i + 1) == '-';
            ranges.append(inside.charAt(i)).append(inside.charAt(range ? i + 2 : i));
            i += range ? 2 : 0;
        }
        return new Token.One(ranges.toString(), negated);
    }

    boolean isAnyFolders() {
        return text.equals(ANY_FOLDERS);
    }

    /** The only name that it matches; empty where there may be others. */
    Optional<String> literal() {
        StringBuilder name = new StringBuilder();
        for (Token token : tokens) {
            if (!(token instanceof Token.One(String ranges, boolean negated))
                    || negated
                    || ranges.length() != 2
                    || ranges.charAt(0) != ranges.charAt(1)) {
                return Optional.empty();
            }
            name.append(ranges.charAt(0));
        }
        return Optional.of(name.toString());
    }

    boolean matches(String name) {
        if (name.startsWith(".") && !text.startsWith(".")) {
            return false;
        }
        int at = 0;
        int token = 0;
        int manyToken = -1;
        int manyFrom = 0;
        while (at < name.length()) {
            if (token < tokens.size() && tokens.get(token) instanceof Token.Many) {
                manyToken = token++;
                manyFrom = at;
            } else if (token < tokens.size()
                    && tokens.get(token) instanceof Token.One one
                    && one.takes(name.charAt(at))) {
                token++;
                at++;
            } else if (manyToken >= 0) {
                token = manyToken + 1;
                at = ++manyFrom;
            } else {
                return false;
            }
        }
        while (token < tokens.size() && tokens.get(token) instanceof Token.Many) {
            token++;
        }
        return token == tokens.size();
    }

    private static ImageFault invalid(String message) {
        return new ImageFault(ErrorCode.PATH_INVALID, message);
    }
}
