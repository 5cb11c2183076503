package dev.brigade.contract.request;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.RerankInput;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;

/** What texts to embed and to rank must keep. */
final class TextRules {

    private static final int MAX_TEXTS = 2048;
    private static final int MAX_DOCUMENTS = 1000;
    private static final int MAX_BYTES = 2 << 20;
    private static final int MAX_TOKENS = MAX_BYTES / Integer.BYTES;
    private static final Set<String> INPUT_TYPES = Set.of("query", "document");

    private TextRules() {}

    static void embedding(EmbeddingInput input, Findings findings) {
        List<String> texts = input.getTexts();
        List<List<Integer>> tokens = input.getTokens();
        findings.require(
                texts.isEmpty() || tokens.isEmpty(), "input", "must be texts or tokens, not both");
        findings.size("input", texts.size() + tokens.size(), MAX_TEXTS);
        findings.require(
                texts.stream().noneMatch(String::isEmpty)
                        && tokens.stream().noneMatch(List::isEmpty),
                "input",
                "must not hold an empty text");
        bytes("input", texts, findings);
        findings.require(
                tokens.stream().mapToLong(List::size).sum() <= MAX_TOKENS,
                ErrorCode.REQUEST_TOO_LARGE,
                "input",
                "must have at most " + MAX_TOKENS + " tokens in all");
        findings.require(
                tokens.stream().flatMap(List::stream).noneMatch(token -> token < 0),
                "input",
                "must not hold a negative token");
        findings.range("dimensions", input.getDimensions(), 1, 65_536);
        findings.require(
                input.getInputType() == null || INPUT_TYPES.contains(input.getInputType()),
                "input_type",
                "must be query or document");
    }

    static void rerank(RerankInput input, Findings findings) {
        findings.require(!input.getQuery().isEmpty(), "query", "must not be empty");
        findings.size("documents", input.getDocuments().size(), MAX_DOCUMENTS);
        findings.require(
                input.getDocuments().stream().noneMatch(String::isEmpty),
                "documents",
                "must not hold an empty text");
        bytes("query", List.of(input.getQuery()), findings);
        bytes("documents", input.getDocuments(), findings);
    }

    private static void bytes(String param, List<String> texts, Findings findings) {
        findings.require(
                texts.stream().mapToLong(Utils::utf8Length).sum() <= MAX_BYTES,
                ErrorCode.REQUEST_TOO_LARGE,
                param,
                "must have at most " + MAX_BYTES + " bytes of UTF-8 in all");
    }
}
