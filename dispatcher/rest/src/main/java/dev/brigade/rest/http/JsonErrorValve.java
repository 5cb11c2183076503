package dev.brigade.rest.http;

import dev.brigade.contract.request.RequestId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * The answer to what Tomcat itself refuses before the application sees it, such as a malformed
 * request line: JSON like every other error. Tomcat makes it by name.
 */
public final class JsonErrorValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable cause) {
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType("application/json");
            response.setHeader(
                    RequestIdFilter.HEADER, RequestId.create(System.currentTimeMillis(), 0));
            response.getOutputStream().write(body(response.getStatus()));
            response.finishResponse();
        } catch (IOException | IllegalStateException clientIsGone) {
            getContainer().getLogger().debug("error not told", clientIsGone);
        }
    }

    private static byte[] body(int status) {
        boolean ours = status >= 500;
        return """
        {"error":{"message":"%s","type":"%s","param":null,"code":"%s"}}\
        """
                .formatted(
                        ours ? "The server failed" : "The request is not valid HTTP",
                        ours ? "server_error" : "invalid_request_error",
                        ours ? "internal_error" : "invalid_request")
                .getBytes(StandardCharsets.UTF_8);
    }
}
