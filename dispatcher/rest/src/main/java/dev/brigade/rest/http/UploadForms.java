package dev.brigade.rest.http;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.FormBody;
import dev.brigade.rest.json.JsonFields;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Reads forms of type {@code multipart/form-data}, part by part as they come: a file is handed on
 * while it is received, so its size is no matter of memory.
 */
@Component
public final class UploadForms {

    private static final int MAX_PARTS = 1_100;
    private static final int MAX_PART_HEADER = 4096;
    private static final int MAX_TEXT = 256 * 1024;

    private final long maxBytes;

    UploadForms(RestProperties properties) {
        this.maxBytes = properties.maxUpload().toBytes();
    }

    /** Whether the request's body is a form. */
    public static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /**
     * Hands each file to the taker, and gives the text fields when the form has ended.
     *
     * @param texts names of the fields that are strings, as in {@link FormBody}
     * @param memory holds the text fields
     * @throws ApiException 400 for a form that is malformed or breaks off, 413 for one over the
     *     limit
     */
    public JsonFields read(
            HttpServletRequest request,
            Set<String> texts,
            BodyMemory.Share memory,
            FileTaker taker) {
        return read(request, maxBytes, texts, Set.of(), memory, taker);
    }

    /**
     * As {@link #read}, with another limit.
     *
     * @param maxBytes of the form
     * @param files names of the fields that are files also where their sender names no file
     */
    public static JsonFields read(
            HttpServletRequest request,
            long maxBytes,
            Set<String> texts,
            Set<String> files,
            BodyMemory.Share memory,
            FileTaker taker) {
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        try {
            return FormBody.fields(parts(request, maxBytes, files, memory, taker), texts);
        } catch (InvalidFileNameException e) {
            throw new ApiException(ApiError.invalid(null, "A file's name is not valid"));
        } catch (IOException | UncheckedIOException e) {
            throw broken(e, maxBytes);
        }
    }

    private static Map<String, String> parts(
            HttpServletRequest request,
            long maxBytes,
            Set<String> files,
            BodyMemory.Share memory,
            FileTaker taker)
            throws IOException {
        FileUpload upload = new FileUpload();
        upload.setSizeMax(maxBytes);
        upload.setPartHeaderSizeMax(MAX_PART_HEADER);
        upload.setHeaderEncoding(StandardCharsets.UTF_8.name());
        FileItemIterator parts = upload.getItemIterator(new ServletRequestContext(request));
        Map<String, String> values = new HashMap<>();
        for (int count = 1; parts.hasNext(); count++) {
            if (count > MAX_PARTS) {
                throw new ApiException(
                        ApiError.invalid(null, "The form has more than " + MAX_PARTS + " parts"));
            }
            FileItemStream part = parts.next();
            if (part.isFormField() && !files.contains(part.getFieldName())) {
                text(part, values, memory);
            } else {
                file(part, taker);
            }
        }
        return values;
    }

    private static void text(
            FileItemStream part, Map<String, String> values, BodyMemory.Share memory)
            throws IOException {
        String name = part.getFieldName();
        byte[] bytes = memory.read(part.openStream(), MAX_TEXT + 1L);
        if (bytes.length > MAX_TEXT) {
            throw new ApiException(
                    ApiError.of(
                            ErrorCode.REQUEST_TOO_LARGE,
                            name,
                            name + " is larger than " + MAX_TEXT + " bytes"));
        }
        if (values.put(name, decoded(name, bytes)) != null) {
            throw new ApiException(ApiError.invalid(name, "The form names a field twice"));
        }
    }

    private static String decoded(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new ApiException(ApiError.invalid(name, name + " is not UTF-8"));
        }
    }

    private static void file(FileItemStream part, FileTaker taker) throws IOException {
        try (InputStream content = part.openStream()) {
            taker.take(
                    new UploadedFile(
                            part.getFieldName(),
                            Optional.ofNullable(part.getName()).filter(name -> !name.isBlank()),
                            Optional.ofNullable(part.getContentType()),
                            content));
        }
    }

    private static ApiException broken(Exception e, long maxBytes) {
        return NestedExceptionUtils.getMostSpecificCause(e) instanceof SizeException
                ? tooLarge(maxBytes)
                : new ApiException(
                        ApiError.invalid(null, "The form is malformed, or it broke off"));
    }

    private static ApiException tooLarge(long maxBytes) {
        return new ApiException(
                ApiError.of(
                        ErrorCode.REQUEST_TOO_LARGE,
                        "The form is larger than %d bytes".formatted(maxBytes)));
    }

    /** Takes the files of a form, in their order. */
    @FunctionalInterface
    public interface FileTaker {

        /** Reads as much of the file as it needs. */
        void take(UploadedFile file) throws IOException;
    }

    /**
     * A file, while it is received.
     *
     * @param field name of the form's field
     * @param name name of the file as the client gives it
     * @param mediaType type as the client gives it
     */
    public record UploadedFile(
            String field, Optional<String> name, Optional<String> mediaType, InputStream content) {}
}
