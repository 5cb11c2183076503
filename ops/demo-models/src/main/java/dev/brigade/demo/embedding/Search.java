package dev.brigade.demo.embedding;

import dev.brigade.demo.corpus.Corpus;
import dev.brigade.demo.corpus.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/** Finds the answers of the demo corpus by phrasings of questions that were not learnt. */
final class Search {

    private final List<String> questions = new ArrayList<>();
    private final List<Integer> right = new ArrayList<>();
    private final List<String> answers;

    Search() throws IOException {
        List<Pair> pairs = Corpus.load().pairs();
        this.answers = pairs.stream().map(Pair::answer).toList();
        for (int i = 0; i < pairs.size(); i++) {
            for (String question : pairs.get(i).heldOut()) {
                questions.add(question);
                right.add(i);
            }
        }
    }

    int questions() {
        return questions.size();
    }

    int answers() {
        return answers.size();
    }

    /** Share of questions for which the model puts the right answer first. */
    double firstByModel(EncoderModel model) {
        float[][] asked = model.vectors(questions);
        float[][] given = model.vectors(answers);
        return first(question -> answer -> Similarity.cosine(asked[question], given[answer]));
    }

    /** The same by common words. */
    double firstByWords() {
        return first(question ->
                answer -> Similarity.bagOfWords(questions.get(question), answers.get(answer)));
    }

    private double first(IntFunction<IntToDoubleFunction> likeness) {
        int found = 0;
        for (int question = 0; question < questions.size(); question++) {
            IntToDoubleFunction near = likeness.apply(question);
            int best = 0;
            for (int answer = 1; answer < answers.size(); answer++) {
                if (near.applyAsDouble(answer) > near.applyAsDouble(best)) {
                    best = answer;
                }
            }
            found += answers.get(best).equals(answers.get(right.get(question))) ? 1 : 0;
        }
        return (double) found / questions.size();
    }
}
