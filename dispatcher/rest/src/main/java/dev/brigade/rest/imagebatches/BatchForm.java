package dev.brigade.rest.imagebatches;

import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.rest.calls.CallHeaders;
import dev.brigade.rest.calls.CommonFields;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.rest.http.RequestBodies;
import dev.brigade.rest.http.UploadForms;
import dev.brigade.rest.imagebatches.BatchCall.Mode;
import dev.brigade.rest.json.JsonBody;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.rest.vision.ImageIntake;
import dev.brigade.rest.vision.Question;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Priority;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads a call to classify many images, from a JSON body or a form with files. */
@Component
final class BatchForm {

    private final RequestBodies bodies;
    private final UploadForms forms;
    private final ImageIntake intake;
    private final PayloadStore payloads;
    private final long maxUpload;

    BatchForm(
            RequestBodies bodies,
            UploadForms forms,
            ImageIntake intake,
            PayloadStore payloads,
            RestProperties properties) {
        this.bodies = bodies;
        this.forms = forms;
        this.intake = intake;
        this.payloads = payloads;
        this.maxUpload = properties.maxUpload().toBytes();
    }

    BatchCall read(HttpServletRequest request, BodyMemory.Share memory) {
        BatchUpload upload = new BatchUpload(payloads, intake, memory, maxUpload);
        JsonFields fields =
                UploadForms.isForm(request)
                        ? forms.read(request, Question.TEXTS, memory, upload::take)
                        : JsonBody.parse(bodies.read(request, memory));
        BatchImages images = BatchImages.read(fields, upload, intake);
        return call(fields, images, CallHeaders.idempotencyKey(request));
    }

    private static BatchCall call(
            JsonFields fields, BatchImages images, Optional<String> idempotencyHeader) {
        Question question = Question.read(fields);
        Mode mode = mode(fields);
        ImageBatchInput input =
                images.input()
                        .setPrompt(question.prompt().orElse(null))
                        .setAllowUncertain(question.allowUncertain())
                        .setResizeImage(question.resizeImage())
                        .build();
        InferenceRequest.Builder request =
                CommonFields.whole(input)
                        .setSampling(question.sampling())
                        // Nobody should wait behind ten thousand images by oversight.
                        .setPriority(Priority.LOW);
        CommonFields.read(fields, idempotencyHeader, request);
        fields.refuseOthers();
        return new BatchCall(
                CommonFields.checked(request.build(), images.names()),
                mode,
                images.count(),
                images.names());
    }

    private static Mode mode(JsonFields fields) {
        boolean stream = fields.bool("stream").orElse(false);
        boolean async = fields.bool("async").orElse(false);
        if (stream && async) {
            throw new ApiException(
                    ApiError.invalid("async", "async and stream cannot both be true"));
        }
        if (stream) {
            return Mode.STREAM;
        }
        return async ? Mode.ASYNC : Mode.WAIT;
    }
}
