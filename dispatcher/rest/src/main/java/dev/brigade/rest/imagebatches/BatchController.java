package dev.brigade.rest.imagebatches;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.calls.CancelWish;
import dev.brigade.rest.calls.FieldNames;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.config.KafkaProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.Admission;
import dev.brigade.rest.http.Json;
import dev.brigade.rest.http.RequestIdFilter;
import dev.brigade.rest.sse.StartingAfter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Earlier batches, whoever sent them and whichever instance took them. */
@RestController
@RequestMapping(BatchUrls.BATCHES + "/{id}")
class BatchController {

    private final BrigadeConnection connection;
    private final BatchLookup lookup;
    private final Admission admission;
    private final BatchStream batchStream;
    private final ResultsDownload download;
    private final CancelWish cancelWish;
    private final Duration lookupTimeout;

    BatchController(
            BrigadeConnection connection,
            BatchLookup lookup,
            Admission admission,
            BatchStream batchStream,
            ResultsDownload download,
            CancelWish cancelWish,
            KafkaProperties properties) {
        this.connection = connection;
        this.lookup = lookup;
        this.admission = admission;
        this.batchStream = batchStream;
        this.download = download;
        this.cancelWish = cancelWish;
        this.lookupTimeout = properties.lookupTimeout();
    }

    @GetMapping
    void find(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        BatchLookup.Found found = named(lookup.find(id), response);
        Json.answer(response, HttpServletResponse.SC_OK, BatchView.of(found.id(), found.state()));
    }

    @GetMapping("/results")
    void results(
            @PathVariable("id") String id,
            @RequestParam(name = "format", defaultValue = "jsonl") String format,
            @RequestParam(name = "partial", defaultValue = "false") String partial,
            HttpServletResponse response)
            throws IOException {
        ResultFormat form = ResultFormat.of(format);
        boolean openToo = truth(partial);
        try (Admission.Place _ = admission.enter()) {
            BatchLookup.Found found = named(lookup.find(id), response);
            if (found.isOpen() && !openToo) {
                throw notReady();
            }
            download.send(found.id(), form, response);
        }
    }

    @GetMapping("/stream")
    void stream(
            @PathVariable("id") String id,
            HttpServletRequest request,
            HttpServletResponse response) {
        String known = BatchLookup.usable(id);
        int parts = (int) Math.min(Integer.MAX_VALUE, StartingAfter.of(request));
        // Others may still read what this reader leaves. A failure to find the batch is worth a
        // status of its own, so the first byte waits as long as the search may.
        BatchStream.Options options =
                new BatchStream.Options(lookupTimeout, false, FieldNames.SAME);
        try (Admission.Place _ = admission.enter()) {
            batchStream.serve(
                    request,
                    response,
                    options,
                    listener -> connection.client().followBatch(known, parts, listener));
        }
    }

    @PostMapping("/cancel")
    void cancel(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        delete(id, response);
    }

    /** Cancels first, so that the search costs no image its classification in vain. */
    @DeleteMapping
    void delete(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        cancelWish.send(BatchLookup.usable(id));
        BatchLookup.Found found = named(lookup.find(id), response);
        if (found.isOpen() && !found.id().equals(id)) {
            cancelWish.send(found.id());
        }
        String status = found.isOpen() ? "cancelling" : BatchStatus.of(found.state()).word();
        Json.answer(
                response,
                HttpServletResponse.SC_OK,
                new CancelledView(found.id(), BatchView.OBJECT, status));
    }

    private static BatchLookup.Found named(BatchLookup.Found found, HttpServletResponse response) {
        response.setHeader(RequestIdFilter.HEADER, found.id());
        return found;
    }

    private static boolean truth(String partial) {
        return switch (partial) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new ApiException(
                            ApiError.invalid("partial", "partial must be true or false"));
        };
    }

    private static ApiException notReady() {
        return new ApiException(
                ApiError.of(
                        ErrorCode.RESULTS_NOT_READY,
                        "The batch has not ended: partial=true gives the results so far, and its"
                                + " stream each as it comes"));
    }
}
