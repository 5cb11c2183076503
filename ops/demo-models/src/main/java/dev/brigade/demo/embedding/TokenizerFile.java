package dev.brigade.demo.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.brigade.demo.tokenizer.BytePairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes {@code tokenizer.json} as the Hugging Face library reads it. */
final class TokenizerFile {

    private static final String FORM =
            """
            {
              "version": "1.0",
              "truncation": null,
              "padding": null,
              "added_tokens": [
                %s,
                %s
              ],
              "normalizer": {"type": "Sequence", "normalizers": [
                {"type": "NFD"}, {"type": "StripAccents"}, {"type": "Lowercase"}
              ]},
              "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                {"type": "Split", "pattern": {"Regex": "\\\\p{N}|[\\\\p{P}\\\\p{S}]|[^\\\\s\\\\p{N}\\\\p{P}\\\\p{S}]+"},
                 "behavior": "Removed", "invert": true},
                {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": false}
              ]},
              "post_processor": {
                "type": "TemplateProcessing",
                "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                "pair": [
                  {"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                  {"Sequence": {"id": "B", "type_id": 0}}
                ],
                "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [1], "tokens": ["[CLS]"]}}
              },
              "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": false},
              "model": {
                "type": "BPE",
                "dropout": null,
                "unk_token": null,
                "continuing_subword_prefix": null,
                "end_of_word_suffix": null,
                "fuse_unk": false,
                "byte_fallback": false,
                "vocab": {
            %s
                },
                "merges": [
            %s
                ]
              }
            }
            """;

    private TokenizerFile() {}

    static void write(Path file, TextTokenizer tokenizer) throws IOException {
        List<String> vocabulary = new ArrayList<>();
        vocabulary.add(entry(TextTokenizer.FILLER, TextTokenizer.FILLER_ID));
        vocabulary.add(entry(TextTokenizer.START, TextTokenizer.START_ID));
        List<String> tokens = tokenizer.pairs().tokens();
        for (int i = 0; i < tokens.size(); i++) {
            vocabulary.add(entry(tokens.get(i), tokenizer.id(i)));
        }
        List<String> merges =
                tokenizer.pairs().merges().stream()
                        .map(merge -> quoted(merge.left() + " " + merge.right()))
                        .toList();
        String json =
                FORM.formatted(
                        special(TextTokenizer.FILLER, TextTokenizer.FILLER_ID),
                        special(TextTokenizer.START, TextTokenizer.START_ID),
                        String.join(",\n", vocabulary),
                        String.join(",\n", merges));
        Files.write(file, json.getBytes(UTF_8));
    }

    /** Reads what {@link #write} wrote. */
    static TextTokenizer read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, UTF_8);
        List<String> merges =
                lines.stream()
                        .dropWhile(line -> !line.contains("\"merges\""))
                        .skip(1)
                        .takeWhile(line -> line.startsWith("\""))
                        .map(line -> line.substring(1, line.lastIndexOf('"')))
                        .map(text -> text.replace("\\\"", "\"").replace("\\\\", "\\"))
                        .toList();
        return new TextTokenizer(BytePairs.of(merges));
    }

    private static String special(String text, int id) {
        return "{\"id\": %d, \"content\": %s, \"single_word\": false, \"lstrip\": false, \"rstrip\": false, \"normalized\": false, \"special\": true}"
                .formatted(id, quoted(text));
    }

    private static String entry(String token, int id) {
        return quoted(token) + ":" + id;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
