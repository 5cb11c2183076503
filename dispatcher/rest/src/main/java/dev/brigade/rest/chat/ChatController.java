package dev.brigade.rest.chat;

import dev.brigade.rest.generation.AnswerForm;
import dev.brigade.rest.generation.GenerationKind;
import dev.brigade.rest.generation.Generations;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.schema.ChatInput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ChatController {

    private static final GenerationKind CHAT = new Chat(new ChatForm());

    private final Generations generations;

    ChatController(Generations generations) {
        this.generations = generations;
    }

    @PostMapping("/v1/chat/completions")
    void complete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        generations.serve(request, response, CHAT);
    }

    private record Chat(AnswerForm form) implements GenerationKind {

        @Override
        public Object input(JsonFields body) {
            return new ChatInput(ChatMessages.read(body));
        }
    }
}
