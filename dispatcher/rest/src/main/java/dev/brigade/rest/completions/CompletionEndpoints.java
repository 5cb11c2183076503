package dev.brigade.rest.completions;

import dev.brigade.rest.calls.Endpoint;
import dev.brigade.rest.generation.GenerationEndpoint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** OpenAI's two calls for text as lines of a file. */
@Configuration(proxyBeanMethods = false)
class CompletionEndpoints {

    @Bean
    Endpoint chatEndpoint() {
        return new GenerationEndpoint(CompletionController.CHATS, CompletionController.CHAT);
    }

    @Bean
    Endpoint completionEndpoint() {
        return new GenerationEndpoint(
                CompletionController.COMPLETIONS, CompletionController.COMPLETION);
    }
}
