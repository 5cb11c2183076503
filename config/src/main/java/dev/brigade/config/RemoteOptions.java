package dev.brigade.config;

import dev.brigade.config.YamlNode.Properties;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A server that runs a model and speaks OpenAI's API.
 *
 * @param url base of the API, such as {@code http://127.0.0.1:8000/v1}; without a slash at its end
 * @param model the model's name there; empty where it is the id
 * @param apiKeyVariable environment variable that holds the API key; empty where none is needed
 * @param connectTimeout longest wait for a connection
 * @param timeout longest wait for an answer, or for the next piece of one
 * @param capabilities what the entry itself says that the model can do; {@code rerank} is among
 *     them only where the server ranks
 */
public record RemoteOptions(
        URI url,
        Optional<String> model,
        Optional<String> apiKeyVariable,
        Duration connectTimeout,
        Duration timeout,
        Set<String> capabilities) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final Set<String> PROPERTIES =
            Set.of("url", "model", "api_key_variable", "connect_timeout", "timeout");
    private static final Pattern URL = Pattern.compile("https?://[^\\s?#@]{1,1000}");
    private static final Pattern NAME = Pattern.compile("(?=.*\\S)[^\\p{Cntrl}]{1,256}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    public RemoteOptions {
        capabilities = Set.copyOf(capabilities);
    }

    static RemoteOptions of(YamlNode node, List<String> capabilities) {
        Properties in = Properties.of(node, PROPERTIES);
        return new RemoteOptions(
                url(in.required("url")),
                in.optional("model", m -> m.text(NAME, "a name of 1 to 256 characters")),
                in.optional(
                        "api_key_variable",
                        v -> v.text(VARIABLE, "the name of an environment variable")),
                in.duration(
                        "connect_timeout",
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1),
                        CONNECT_TIMEOUT),
                in.duration("timeout", Duration.ofSeconds(1), Duration.ofHours(1), TIMEOUT),
                Set.copyOf(capabilities));
    }

    private static URI url(YamlNode node) {
        String meaning = "an http or https URL without user, query and fragment";
        String text = node.text(URL, meaning);
        try {
            URI url = new URI(text.replaceFirst("/+$", ""));
            if (url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below, as for one without a host.
        }
        throw node.error("must be " + meaning + ", was " + text);
    }
}
