package dev.brigade.bench.sagas;

/**
 * What judges say who are never content, so that every saga takes its longest way; and what all
 * others say: texts that have no word in common, so that nobody agrees.
 */
final class JudgeTexts {

    private static final String CRITIQUE =
            "{\"issues\":[{\"quote\":\"q\",\"problem\":\"%s\"}],\"score\":3}";
    private static final String VERDICT =
            "{\"reasons\":[\"%s\"],\"score\":3,\"verdict\":\"revise\"}";

    private JudgeTexts() {}

    static String critique(String problem) {
        return CRITIQUE.formatted(problem);
    }

    static String verdict(String reason) {
        return VERDICT.formatted(reason);
    }

    /**
     * A reply of about that many characters.
     *
     * @param stage by whose name it is a judge's or a writer's
     */
    static String reply(String stage, int characters) {
        if (stage.startsWith("critique")) {
            return critique(prose(stage, characters - CRITIQUE.length()));
        }
        if (stage.startsWith("validate")) {
            return verdict(prose(stage, characters - VERDICT.length()));
        }
        return prose(stage, characters);
    }

    /** Words that no other stage uses. */
    private static String prose(String stage, int characters) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < characters; i++) {
            text.append("of-").append(stage).append('-').append(i).append(' ');
        }
        return text.substring(0, characters);
    }
}
