package dev.brigade.worker.djl.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.config.EmbeddingOptions;
import dev.brigade.config.EmbeddingOptions.Pooling;
import dev.brigade.worker.djl.TestingFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as sentence-transformers and Hugging Face's library write them. */
class TextSetupTest {

    @TempDir Path root;
    private TestingFolder folder;

    @BeforeEach
    void make() {
        folder = new TestingFolder(root).file("tokenizer.json", "{}");
    }

    @Test
    void aFolderThatSaysNothing() {
        TextSetup setup = read();

        assertThat(setup.longest()).isEmpty();
        assertThat(setup.vocabulary()).isEmpty();
        assertThat(setup.pooling()).isEmpty();
        assertThat(setup.normalize()).isTrue();
        assertThat(setup.queryPrompt()).isEmpty();
        assertThat(setup.isReranker()).isFalse();
    }

    @Test
    void aModelOfTheBgeFamily() {
        folder.file(
                        "config.json",
                        "{\"architectures\": [\"BertModel\"], \"model_type\": \"bert\", \"pad_token_id\": 0,"
                                + "\"max_position_embeddings\": 512, \"vocab_size\": 30522}")
                .file("sentence_bert_config.json", "{\"max_seq_length\": 256}")
                .file(
                        "1_Pooling/config.json",
                        "{\"word_embedding_dimension\": 1024, \"pooling_mode_cls_token\": true,"
                                + "\"pooling_mode_mean_tokens\": false}")
                .file(
                        "modules.json",
                        "[{\"idx\": 0, \"type\": \"sentence_transformers.models.Transformer\"},"
                                + "{\"idx\": 1, \"type\": \"sentence_transformers.models.Pooling\"},"
                                + "{\"idx\": 2, \"type\": \"sentence_transformers.models.Normalize\"}]");
        TextSetup setup = read();

        assertThat(setup.longest()).as("the smaller one").hasValue(256);
        assertThat(setup.vocabulary()).hasValue(30522);
        assertThat(setup.pooling()).contains(Pooling.CLS);
        assertThat(setup.normalize()).isTrue();
    }

    @Test
    void aModelThatCountsPositionsFromBehindThePadding() {
        folder.file(
                "config.json",
                "{\"model_type\": \"xlm-roberta\", \"pad_token_id\": 1, \"max_position_embeddings\": 514}");

        assertThat(read().longest()).hasValue(512);
        assertThat(read().padding()).isEqualTo(1);
    }

    @Test
    void modulesWithoutNormalizeLeaveVectorsAsTheyAre() {
        folder.file("modules.json", "[{\"type\": \"sentence_transformers.models.Transformer\"}]");
        assertThat(read().normalize()).isFalse();
    }

    @Test
    void oneLabelMakesAReranker() {
        folder.file(
                "config.json",
                "{\"architectures\": [\"XLMRobertaForSequenceClassification\"], \"num_labels\": 1}");
        assertThat(read().isReranker()).isTrue();
    }

    @Test
    void whatIsNotDoneHereIsRefusedByName() {
        folder.file("modules.json", "[{\"type\": \"sentence_transformers.models.Dense\"}]");
        assertThatThrownBy(this::read).hasMessageContaining("module Dense is not supported");

        folder.file("modules.json", "[]")
                .file("1_Pooling/config.json", "{\"pooling_mode_max_tokens\": true}");
        assertThatThrownBy(this::read)
                .hasMessage("1_Pooling/config.json: pooling_mode_max_tokens is not supported");

        folder.file(
                "1_Pooling/config.json",
                "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": true}");
        assertThatThrownBy(this::read).hasMessageContaining("more than one pooling");
    }

    private TextSetup read() {
        return TextSetup.read(new ModelFolder(root), EmbeddingOptions.DEFAULT);
    }
}
