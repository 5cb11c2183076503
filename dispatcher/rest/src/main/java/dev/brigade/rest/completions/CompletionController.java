package dev.brigade.rest.completions;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.generation.AnswerForm;
import dev.brigade.rest.generation.GenerationKind;
import dev.brigade.rest.generation.Generations;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.rest.json.JsonValue;
import dev.brigade.schema.CompletionInput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CompletionController {

    private static final GenerationKind COMPLETION = new Completion(new CompletionForm());

    private final Generations generations;

    CompletionController(Generations generations) {
        this.generations = generations;
    }

    @PostMapping("/v1/completions")
    void complete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        generations.serve(request, response, COMPLETION);
    }

    private record Completion(AnswerForm form) implements GenerationKind {

        @Override
        public Object input(JsonFields body) {
            return new CompletionInput(
                    prompt(body.required("prompt")), body.bool("echo").orElse(false));
        }

        private static String prompt(JsonValue prompt) {
            if (prompt.isString()) {
                return prompt.string();
            }
            if (!prompt.isArray()) {
                throw prompt.wrongType("a string");
            }
            List<JsonValue> elements = prompt.elements();
            if (elements.size() == 1 && elements.getFirst().isString()) {
                return elements.getFirst().string();
            }
            throw new ApiException(
                    ApiError.unsupported(
                            prompt.path(),
                            "must be a string or an array of one string: several prompts and tokens"
                                    + " cannot be honoured"));
        }
    }
}
