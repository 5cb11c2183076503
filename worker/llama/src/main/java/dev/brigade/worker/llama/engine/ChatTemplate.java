package dev.brigade.worker.llama.engine;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.GenerationRequest.Message;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A chat template, rendered by the engine's Jinja, with three of its traps covered.
 *
 * <ul>
 *   <li>The engine cuts the begin and end tokens off a rendered chat, even where the tokenizer
 *       would not add them again. The template is wrapped in {@link #FENCE}, so that it finds none,
 *       and the begin token goes only if the tokenizer adds one.
 *   <li>It returns modified UTF-8, which has no characters above U+FFFF. They travel as {@link
 *       #ESCAPE} and six hex digits.
 *   <li>An error in a template ends the process. A template that raises errors does so over the
 *       order of roles, which is checked here first.
 * </ul>
 */
final class ChatTemplate {

    /** Stands before and behind the rendered chat. */
    private static final char FENCE = '\uF8F1';

    /** Begins an escaped character. */
    private static final char ESCAPE = '\uF8F2';

    private static final Pattern ESCAPED = Pattern.compile(ESCAPE + "([0-9a-f]{6})");

    private final boolean turnsOnly;
    private final String bosToDrop;
    private final UnaryOperator<String> render;

    /**
     * @param source the template as it stands in the file
     * @param bosToDrop begin token that the tokenizer will add by itself; empty where it does not
     * @param render the engine's rendering, from a JSON request to the text
     */
    ChatTemplate(String source, String bosToDrop, UnaryOperator<String> render) {
        this.turnsOnly = source.contains("raise_exception");
        this.bosToDrop = bosToDrop;
        this.render = render;
    }

    /** The template to give to the engine in place of {@code source}. */
    static String fenced(String source) {
        String body = source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
        return FENCE + escape(body) + FENCE;
    }

    /** The text of a chat up to where the answer begins. */
    String render(List<Message> messages) throws Refusal {
        if (turnsOnly) {
            checkTurns(messages);
        }
        String json =
                messages.stream()
                        .map(ChatTemplate::json)
                        .collect(
                                Collectors.joining(
                                        ",",
                                        "{\"prompt\":\"\",\"add_generation_prompt\":true,"
                                                + "\"messages\":[",
                                        "]}"));
        String text = unescape(unfenced(render.apply(json)));
        return !bosToDrop.isEmpty() && text.startsWith(bosToDrop)
                ? text.substring(bosToDrop.length())
                : text;
    }

    private static void checkTurns(List<Message> messages) throws Refusal {
        int first = messages.getFirst().role().equals("system") ? 1 : 0;
        for (int i = first; i < messages.size(); i++) {
            String due = (i - first) % 2 == 0 ? "user" : "assistant";
            if (!messages.get(i).role().equals(due)) {
                throw new Refusal(
                        ErrorCode.INVALID_REQUEST,
                        "this model's chat template takes an optional system message and then user"
                                + " and assistant in turn; message %d has another role"
                                        .formatted(i));
            }
        }
        if (messages.size() == first) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST, "this model's chat template needs a user message");
        }
    }

    private static String json(Message message) {
        return "{\"role\":%s,\"content\":%s}"
                .formatted(
                        Json.quote(escape(message.role())), Json.quote(escape(message.content())));
    }

    private static String unfenced(String rendered) {
        int start = rendered.indexOf(FENCE);
        int end = rendered.lastIndexOf(FENCE);
        return start >= 0 && end > start ? rendered.substring(start + 1, end) : rendered;
    }

    private static String escape(String text) {
        if (text.codePoints().noneMatch(ChatTemplate::mustEscape)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    if (mustEscape(c)) {
                        escaped.append(ESCAPE).append("%06x".formatted(c));
                    } else {
                        escaped.appendCodePoint(c);
                    }
                });
        return escaped.toString();
    }

    private static boolean mustEscape(int c) {
        return c == 0 || c == FENCE || c == ESCAPE || c > 0xFFFF;
    }

    private static String unescape(String text) {
        return ESCAPED.matcher(text)
                .replaceAll(match ->
                        java.util.regex.Matcher.quoteReplacement(
                                Character.toString(Integer.parseInt(match.group(1), 16))));
    }
}
