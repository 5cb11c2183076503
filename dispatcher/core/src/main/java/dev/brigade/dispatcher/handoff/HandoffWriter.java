package dev.brigade.dispatcher.handoff;

import dev.brigade.config.Prompt;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a handoff into the two messages of a prompt. Each section stands between fences that no
 * text in it can make or break; what does not fit the window is cut by rule and reported.
 */
public final class HandoffWriter {

    private static final String CONSTRAINTS = "constraints";
    private static final String REJECTED = "rejected";
    private static final Pattern EMPTY_LINE =
            Pattern.compile("(?m)^[ \\t]*" + Prompt.PLACEHOLDER.pattern() + "[ \\t]*(?:\\n|\\z)");

    private final Prompt prompt;
    private final TextTokens estimate;
    private final Set<String> places;
    private final Map<String, List<Piece>> pieces = new LinkedHashMap<>();
    private final List<Piece> unplaced = new ArrayList<>();

    private HandoffWriter(Prompt prompt, Handoff handoff, TextTokens estimate) {
        this.prompt = prompt;
        this.estimate = estimate;
        places = Set.copyOf(prompt.variables());
        handoff.all().stream()
                .filter(section -> !section.text().isBlank() || section.name().equals("task"))
                .forEach(this::place);
    }

    /**
     * Writes a handoff.
     *
     * @param windowTokens of the model
     * @param answerTokens kept free for the answer
     */
    public static Composition write(
            Prompt prompt, Handoff handoff, int windowTokens, int answerTokens) {
        TextTokens estimate = TextTokens.forWindow(windowTokens);
        return new HandoffWriter(prompt, handoff, estimate).compose(windowTokens, answerTokens);
    }

    private void place(Section section) {
        Piece piece = new Piece(section, estimate);
        String variable =
                section.isRejected() && places.contains(REJECTED) ? REJECTED : section.name();
        if (places.contains(variable) || variable.equals(CONSTRAINTS)) {
            pieces.computeIfAbsent(variable, _ -> new ArrayList<>()).add(piece);
        } else {
            piece.leaveOut();
            unplaced.add(piece);
        }
    }

    private Composition compose(int windowTokens, int answerTokens) {
        List<Piece> placed = pieces.values().stream().flatMap(List::stream).toList();
        long fixed = fixed();
        long room = (long) TextTokens.THOUSAND * ((long) windowTokens - answerTokens) - fixed;
        if (!Budget.fit(placed, room, estimate)) {
            return tooLong(fixed, windowTokens, answerTokens);
        }
        return new Composition.Composed(
                List.of(Message.of("system", system()), Message.of("user", filled(prompt.user()))),
                cuts(placed));
    }

    private Composition tooLong(long fixed, int windowTokens, int answerTokens) {
        long shown = pieces.values().stream().flatMap(List::stream).mapToLong(Piece::total).sum();
        return new Composition.TooLong(
                Failure.of(
                        Code.CONTEXT_LENGTH_EXCEEDED,
                        "The prompt %s and the head of the task need about %d tokens; the model's window is %d, of which %d are kept for the answer."
                                .formatted(
                                        prompt.reference(),
                                        TextTokens.tokens(fixed + shown),
                                        windowTokens,
                                        answerTokens)));
    }

    /** What no section can change, with room for what joins the constraints to the system text. */
    private long fixed() {
        String texts = prompt.system() + "\n\n" + prompt.user();
        return estimate.thousandths(Prompt.PLACEHOLDER.matcher(texts).replaceAll(""))
                + 2L * TextTokens.AROUND_A_MESSAGE * TextTokens.THOUSAND;
    }

    private String system() {
        String system = filled(prompt.system());
        String constraints = places.contains(CONSTRAINTS) ? "" : rendered(CONSTRAINTS);
        return constraints.isEmpty() ? system : system + "\n\n" + constraints;
    }

    /** One pass over the prompt's own text: what is inserted is not looked at again. */
    private String filled(String template) {
        String kept =
                EMPTY_LINE
                        .matcher(template)
                        .replaceAll(line ->
                                rendered(line.group(1)).isEmpty()
                                        ? ""
                                        : Matcher.quoteReplacement(line.group()));
        return Prompt.PLACEHOLDER
                .matcher(kept)
                .replaceAll(place -> Matcher.quoteReplacement(rendered(place.group(1))))
                .strip();
    }

    private String rendered(String variable) {
        return pieces.getOrDefault(variable, List.of()).stream()
                .filter(Piece::shown)
                .map(Piece::rendered)
                .collect(Collectors.joining("\n"));
    }

    private List<Cut> cuts(List<Piece> placed) {
        Map<String, List<Piece>> byName = new LinkedHashMap<>();
        for (List<Piece> each : List.of(placed, unplaced)) {
            each.forEach(piece ->
                    byName.computeIfAbsent(piece.section().name(), _ -> new ArrayList<>())
                            .add(piece));
        }
        var cuts = new ArrayList<Cut>();
        byName.forEach((name, all) -> {
            long from = all.stream().mapToLong(Piece::whole).sum();
            long to = all.stream().mapToLong(Piece::cost).sum();
            if (to < from) {
                cuts.add(new Cut(name, TextTokens.tokens(from), TextTokens.tokens(to)));
            }
        });
        return cuts;
    }
}
