package dev.brigade.rest.files;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.rest.config.FileArea;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.rest.http.Json;
import dev.brigade.rest.http.UploadForms;
import dev.brigade.rest.ledger.Page;
import dev.brigade.schema.StoredFile;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.ContentDisposition;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@EnableConfigurationProperties(FileProperties.class)
class FileController {

    private static final int LONGEST_PAGE = 10_000;
    private static final long FORM_AROUND_FILE = 64 << 10;

    private final FileShelf shelf;
    private final PayloadStore store;
    private final BodyMemory memory;
    private final long maxFile;
    private final Semaphore uploads;

    FileController(FileShelf shelf, FileArea area, BodyMemory memory, FileProperties properties) {
        this.shelf = shelf;
        this.store = area.store();
        this.memory = memory;
        this.maxFile = properties.maxFile().toBytes();
        this.uploads = new Semaphore(properties.maxUploads());
    }

    @PostMapping("/v1/files")
    void upload(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!UploadForms.isForm(request)) {
            throw new ApiException(
                    ApiError.http(
                            415,
                            "unsupported_media_type",
                            "A file must be sent with Content-Type: multipart/form-data"));
        }
        if (!uploads.tryAcquire()) {
            throw new ApiException(
                    ApiError.of(ErrorCode.TOO_MANY_REQUESTS, "Too many files are being received"));
        }
        try {
            Json.answer(response, HttpServletResponse.SC_OK, FileView.of(stored(request)));
        } finally {
            uploads.release();
        }
    }

    private StoredFile stored(HttpServletRequest request) {
        shelf.requireRoom();
        FileUpload upload = new FileUpload(store, maxFile);
        try (BodyMemory.Share share = memory.share()) {
            UploadFields fields =
                    UploadFields.read(
                            UploadForms.read(
                                    request,
                                    maxFile + FORM_AROUND_FILE,
                                    UploadFields.TEXTS,
                                    UploadFields.FILES,
                                    share,
                                    upload::take));
            return shelf.add(upload.name(), fields.purpose(), upload.payload(), fields.kept());
        }
    }

    @GetMapping("/v1/files")
    void list(
            @RequestParam(name = "after", required = false) @Nullable String after,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "order", required = false) @Nullable String order,
            @RequestParam(name = "purpose", required = false) @Nullable String purpose,
            HttpServletResponse response)
            throws IOException {
        Page<FileView> page =
                Page.of(
                        shelf.all()
                                .filter(file ->
                                        purpose == null || file.getPurpose().equals(purpose)),
                        Page.Wanted.of(after, limit, order, LONGEST_PAGE, LONGEST_PAGE),
                        StoredFile::getId,
                        StoredFile::getCreatedAt,
                        FileView::of);
        Json.stream(response, HttpServletResponse.SC_OK, page);
    }

    @GetMapping("/v1/files/{id}")
    void find(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        Json.answer(response, HttpServletResponse.SC_OK, FileView.of(shelf.get(id)));
    }

    @GetMapping("/v1/files/{id}/content")
    void content(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        StoredFile file = shelf.get(id);
        try (InputStream bytes = store.open(file.getPayload())) {
            // Never the sender's own type: a browser would run what calls itself HTML.
            response.setContentType("application/octet-stream");
            response.setHeader(
                    "Content-Disposition",
                    ContentDisposition.attachment()
                            .filename(file.getFilename(), java.nio.charset.StandardCharsets.UTF_8)
                            .build()
                            .toString());
            response.setContentLengthLong(file.getPayload().getBytes());
            try (OutputStream output = response.getOutputStream()) {
                bytes.transferTo(output);
            }
        }
    }

    @DeleteMapping("/v1/files/{id}")
    void delete(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        shelf.delete(id);
        Json.answer(response, HttpServletResponse.SC_OK, new DeletedView(id, "file", true));
    }
}
