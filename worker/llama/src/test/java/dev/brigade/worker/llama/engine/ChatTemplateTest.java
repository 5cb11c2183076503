package dev.brigade.worker.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.worker.backend.GenerationRequest.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatTemplateTest {

    private static final List<Message> HELLO = List.of(new Message("user", "a \"😀\"\n\0"));

    @Test
    void theBeginTokenGoesOnlyWhereTheTokenizerAddsIt() throws Exception {
        String rendered = ChatTemplate.fenced("<s>[INST] x [/INST]</s>\n");
        assertThat(new ChatTemplate("", "<s>", json -> rendered).render(HELLO))
                .isEqualTo("[INST] x [/INST]</s>");
        assertThat(new ChatTemplate("", "", json -> rendered).render(HELLO))
                .isEqualTo("<s>[INST] x [/INST]</s>");
    }

    @Test
    void charactersThatTheBindingCannotReturnComeBackWhole() throws Exception {
        String[] seen = {""};
        String text =
                new ChatTemplate(
                                "",
                                "",
                                json -> {
                                    seen[0] = json;
                                    String content = json.replaceAll(".*\"content\":\"", "");
                                    return content.substring(0, content.length() - 4)
                                            .replace("\\\"", "\"")
                                            .replace("\\u000a", "\n");
                                })
                        .render(HELLO);
        assertThat(seen[0].chars()).noneMatch(c -> (c >= 0xD800 && c <= 0xDFFF) || c < ' ');
        assertThat(text).isEqualTo("a \"😀\"\n\0");
    }

    @Test
    void aTemplateThatRaisesErrorsTakesTurnsInOrder() throws Exception {
        ChatTemplate strict = new ChatTemplate("raise_exception('no')", "", json -> "ok");
        Message system = new Message("system", "s");
        Message user = new Message("user", "u");
        Message assistant = new Message("assistant", "a");
        assertThat(strict.render(List.of(user))).isEqualTo("ok");
        assertThat(strict.render(List.of(system, user, assistant, user))).isEqualTo("ok");
        for (List<Message> wrong :
                List.of(
                        List.of(system),
                        List.of(assistant),
                        List.of(user, user),
                        List.of(user, system),
                        List.of(user, new Message("tool", "t")))) {
            assertThatThrownBy(() -> strict.render(wrong)).isInstanceOf(Refusal.class);
        }
        ChatTemplate lenient = new ChatTemplate("", "", json -> "ok");
        assertThat(lenient.render(List.of(user, user))).isEqualTo("ok");
    }
}
