package dev.brigade.rest.completions;

import dev.brigade.rest.generation.GenerationKind;
import dev.brigade.rest.generation.Generations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** OpenAI's two calls for text. */
@RestController
class CompletionController {

    static final String CHATS = "/v1/chat/completions";
    static final String COMPLETIONS = "/v1/completions";
    static final GenerationKind CHAT = new GenerationKind(ChatFields::read, new ChatForm());
    static final GenerationKind COMPLETION =
            new GenerationKind(CompletionFields::read, new CompletionForm());

    private final Generations generations;

    CompletionController(Generations generations) {
        this.generations = generations;
    }

    @PostMapping(CHATS)
    void chat(HttpServletRequest request, HttpServletResponse response) throws IOException {
        generations.serve(request, response, CHAT);
    }

    @PostMapping(COMPLETIONS)
    void complete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        generations.serve(request, response, COMPLETION);
    }
}
