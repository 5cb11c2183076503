package dev.brigade.rest.http;

import dev.brigade.contract.request.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts an {@code x-request-id} on every answer, also on those that never became a request of
 * Brigade. An inference call overwrites it with the id of its request. Being the first to see a
 * call and the last to leave it, this filter counts the open ones as well.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestIdFilter extends OncePerRequestFilter {

    /** Name of the header. */
    public static final String HEADER = "x-request-id";

    private final Clock clock = Clock.systemUTC();
    private final OpenCalls calls;

    RequestIdFilter(OpenCalls calls) {
        this.calls = calls;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(HEADER, RequestId.create(clock.millis(), 0));
        calls.begin();
        try {
            chain.doFilter(request, response);
        } finally {
            calls.end();
        }
    }
}
