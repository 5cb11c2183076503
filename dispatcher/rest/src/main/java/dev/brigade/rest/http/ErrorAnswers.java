package dev.brigade.rest.http;

import dev.brigade.client.BrigadeException;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.error.ErrorBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns whatever ends a call into an answer in OpenAI's form. */
@RestControllerAdvice
class ErrorAnswers {

    private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

    @ExceptionHandler
    void told(ApiException e, HttpServletResponse response) throws IOException {
        answer(response, e.error());
    }

    @ExceptionHandler
    void failed(BrigadeException e, HttpServletResponse response) throws IOException {
        answer(response, ApiError.of(e.failure()));
    }

    @ExceptionHandler
    void notStored(PayloadException e, HttpServletResponse response) throws IOException {
        if (e.code().retriable()) {
            log.warn("the payload store fails", e);
        }
        answer(response, ApiError.of(e.code(), String.valueOf(e.getMessage())));
    }

    @ExceptionHandler
    void method(
            HttpRequestMethodNotSupportedException e,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String[] supported = e.getSupportedMethods();
        if (supported != null) {
            response.setHeader("Allow", String.join(", ", Set.of(supported)));
        }
        String message = "This URL does not support " + request.getMethod();
        answer(response, ApiError.http(405, "method_not_allowed", message));
    }

    @ExceptionHandler
    void any(Exception e, HttpServletResponse response) throws IOException {
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            answer(response, ofStatus(known.getStatusCode().value()));
        } else if (e instanceof IOException) {
            // The client went away while it was being answered.
            log.debug("answer not delivered", e);
        } else {
            log.error(
                    "internal error, x-request-id {}",
                    response.getHeader(RequestIdFilter.HEADER),
                    e);
            answer(response, ApiError.of(ErrorCode.INTERNAL_ERROR, "The server failed"));
        }
    }

    private static ApiError ofStatus(int status) {
        return status == 404
                ? ApiError.http(404, "unknown_url", "There is nothing at this URL")
                : ApiError.http(status, "invalid_request", "The request is not valid");
    }

    private static void answer(HttpServletResponse response, ApiError error) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        if (error.retryAfter() != null) {
            response.setHeader("Retry-After", Long.toString(error.retryAfter().toSeconds()));
        }
        Json.answer(response, error.status(), ErrorBody.of(error));
    }
}
