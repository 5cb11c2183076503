package dev.brigade.rest.batches;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.rest.http.Json;
import dev.brigade.rest.http.RequestBodies;
import dev.brigade.rest.json.JsonBody;
import dev.brigade.rest.ledger.Entry;
import dev.brigade.rest.ledger.LedgerRecords;
import dev.brigade.rest.ledger.Page;
import dev.brigade.schema.BatchJob;
import dev.brigade.schema.BatchJobCancel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/batches")
@EnableConfigurationProperties(BatchProperties.class)
class BatchJobController {

    private static final int MOST = 100_000;
    private static final int USUAL_PAGE = 20;
    private static final int LONGEST_PAGE = 100;

    private final BatchKit kit;
    private final RequestBodies bodies;

    BatchJobController(BatchKit kit, RequestBodies bodies) {
        this.kit = kit;
        this.bodies = bodies;
    }

    @PostMapping
    void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (kit.ledger.records().batches().size() >= MOST) {
            throw new ApiException(
                    ApiError.of(ErrorCode.TOO_MANY_REQUESTS, "There are too many batches"));
        }
        BatchJob job = read(request);
        kit.ledger.put(Entry.of(job));
        answer(job, response);
    }

    private BatchJob read(HttpServletRequest request) {
        try (BodyMemory.Share share = kit.memory.share()) {
            return BatchJobForm.read(
                    JsonBody.parse(bodies.read(request, share)),
                    kit.urls(),
                    kit.shelf,
                    kit.clock.millis());
        }
    }

    @GetMapping
    void list(
            @RequestParam(name = "after", required = false) @Nullable String after,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            HttpServletResponse response)
            throws IOException {
        LedgerRecords records = kit.ledger.records();
        Page<BatchJobView> page =
                Page.of(
                        records.batches().stream(),
                        Page.Wanted.of(after, limit, null, USUAL_PAGE, LONGEST_PAGE),
                        BatchJob::getId,
                        BatchJob::getCreatedAt,
                        job -> BatchJobView.of(job, records.cancel(job.getId())));
        Json.stream(response, HttpServletResponse.SC_OK, page);
    }

    @GetMapping("/{id}")
    void find(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        answer(job(id), response);
    }

    /** The wish is stored for whoever works on the batch; it is told later that it is cancelled. */
    @PostMapping("/{id}/cancel")
    void cancel(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        BatchJob job = job(id);
        if (BatchState.mayBeCancelled(job.getStatus())
                && kit.ledger.records().cancel(id).isEmpty()) {
            kit.ledger.put(Entry.of(new BatchJobCancel(id, kit.clock.millis())));
        }
        answer(job(id), response);
    }

    private BatchJob job(String id) {
        return kit.ledger
                .records()
                .batch(id)
                .orElseThrow(() ->
                        new ApiException(
                                ApiError.of(ErrorCode.BATCH_NOT_FOUND, "There is no such batch")));
    }

    private void answer(BatchJob job, HttpServletResponse response) throws IOException {
        Json.answer(
                response,
                HttpServletResponse.SC_OK,
                BatchJobView.of(job, kit.ledger.records().cancel(job.getId())));
    }
}
