package dev.brigade.demo.embedding;

import dev.brigade.demo.embedding.MeasureEmbeddingModel.Compared;
import java.util.Locale;

/**
 * The model card and the other files beside the encoder.
 *
 * @param topics pairs of topics that were never learnt
 * @param statements pairs of statements that were never learnt, of topics that were
 * @param learnt pairs of learnt statements, freshly filled
 */
record EncoderCard(
        long bytes,
        int tokens,
        Compared topics,
        Compared statements,
        Compared learnt,
        Search search,
        EncoderModel model) {

    static final String MODULES =
            """
            [
              {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
              {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
              {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}
            ]
            """;

    private static final String CONFIG =
            """
            {
              "model_type": "brigade-demo-embedding",
              "hidden_size": %d,
              "num_hidden_layers": %d,
              "num_attention_heads": %d,
              "intermediate_size": %d,
              "max_position_embeddings": %d,
              "vocab_size": %d,
              "pad_token_id": %d
            }
            """;

    private static final String POOLING =
            """
            {
              "word_embedding_dimension": %d,
              "pooling_mode_cls_token": false,
              "pooling_mode_mean_tokens": true,
              "pooling_mode_max_tokens": false,
              "pooling_mode_mean_sqrt_len_tokens": false
            }
            """;

    private static final String TEXT =
            """
            # brigade-demo-embedding

            This is a demo model: it lets a fresh Brigade make embeddings, rank documents and measure
            whether models agree. It was trained on sentences made from about a hundred patterns and on
            the questions of the demo corpus, in English. It knows few words; for work, put a real model
            in its place.

            | | |
            |---|---|
            | architecture | transformer encoder: width %d, %d blocks, %d heads, feed-forward %d, norms first; mean over tokens, length one |
            | parameters | %s |
            | file | `model.onnx`, %s bytes, operators 17, any number and length of texts |
            | input, output | `input_ids`, `attention_mask`; `last_hidden_state` |
            | tokens | %s: bytes and merges of bytes within words, lower case, every digit apart (`tokenizer.json`) |
            | length | %d tokens at most; trained on texts of up to %d |
            | training | %d steps of %d triples (a text, one of the same meaning, one that only looks alike), contrast within the batch, Adam, learning rate %s, half cosine |
            | seed | %d |

            ## Measured

            Through ONNX Runtime, cosine of the vectors, beside two measures that need no model, on the
            same pairs. A paraphrase says the same in other words (grade 2); a denial says the contrary,
            an altered text the same with another name or number, a related one something else about
            the topic (grade 1); an unrelated one is about another topic (grade 0). *Paraphrase above
            contrary* is how often a paraphrase scores above a denial or an altered text, over all
            combinations; 50 %% is chance.

            ### Topics that were never learnt (cooking, space, garden, weather), %d pairs

            %s
            ### Statements that were never learnt, of learnt topics, %d pairs

            %s
            ### Learnt statements with fresh names and numbers, %d pairs

            %s
            ### Search

            %d phrasings of questions that were not learnt, %d answers of the demo corpus, which were:
            the right answer is first for %s by the model, for %s by common words.

            ## Limits

            - On statements it has not learnt, contraries are often as near as paraphrases; the tables
              say how often. A high likeness is no proof that two answers agree.
            - Words that occur in no pattern are cut into pieces and compared as such: it does not know
              that they have synonyms.
            - Long texts: the mean over many tokens hides one changed word.
            - English only. Other languages are compared by their bytes.

            ## Reproduced by

            `TrainEmbeddingModel` and `MeasureEmbeddingModel`; the README of the module names the
            commands. Seeds are fixed. This card is written by `MeasureEmbeddingModel`.
            """;

    static String config(int tokens) {
        EncoderPlan plan = EncoderPlan.SHIPPED;
        return String.format(
                Locale.ROOT,
                CONFIG,
                plan.width(),
                plan.blocks(),
                plan.heads(),
                plan.feedForward(),
                EncoderPlan.LONGEST,
                tokens,
                TextTokenizer.FILLER_ID);
    }

    static String pooling() {
        return String.format(Locale.ROOT, POOLING, EncoderPlan.SHIPPED.width());
    }

    String text() {
        EncoderPlan plan = EncoderPlan.SHIPPED;
        return String.format(
                Locale.ROOT,
                TEXT,
                plan.width(),
                plan.blocks(),
                plan.heads(),
                plan.feedForward(),
                String.format(Locale.ROOT, "%,d", plan.parameters(tokens)),
                String.format(Locale.ROOT, "%,d", bytes),
                String.format(Locale.ROOT, "%,d", tokens),
                EncoderPlan.LONGEST,
                EncoderPlan.LONGEST_LEARNT,
                plan.steps(),
                plan.triples(),
                plan.rate(),
                plan.seed(),
                topics.pairs(),
                table(topics),
                statements.pairs(),
                table(statements),
                learnt.pairs(),
                table(learnt),
                search.questions(),
                search.answers(),
                percent(search.firstByModel(model)),
                percent(search.firstByWords()));
    }

    private static String table(Compared compared) {
        StringBuilder table =
                new StringBuilder(
                        "| | Spearman | Pearson | paraphrase above contrary |"
                                + " mean: paraphrase | denial | altered | related | unrelated |\n"
                                + "|---|---|---|---|---|---|---|---|---|\n");
        row(table, "the model", compared.model());
        row(table, "ROUGE-L", compared.rougeL());
        row(table, "bag of words", compared.bagOfWords());
        return table.toString();
    }

    private static void row(StringBuilder table, String name, Figures figures) {
        table.append(
                String.format(
                        Locale.ROOT,
                        "| %s | %.3f | %.3f | %s |",
                        name,
                        figures.spearman(),
                        figures.pearson(),
                        percent(figures.paraphrasesAboveContraries())));
        for (Grade grade : Grade.values()) {
            table.append(
                    String.format(
                            Locale.ROOT, " %.2f |", figures.means().getOrDefault(grade, 0.0)));
        }
        table.append('\n');
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
