package dev.brigade.rest.imagebatches;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** Where a batch can be looked at. */
record BatchUrls(String statusUrl, String resultsUrl, String streamUrl) {

    static final String BATCHES = "/api/v1/vision/batches";

    static BatchUrls of(String id) {
        String batch = BATCHES + "/" + UriUtils.encodePathSegment(id, StandardCharsets.UTF_8);
        return new BatchUrls(batch, batch + "/results", batch + "/stream");
    }
}
