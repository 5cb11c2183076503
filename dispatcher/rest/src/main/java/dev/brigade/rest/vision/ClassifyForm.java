package dev.brigade.rest.vision;

import dev.brigade.rest.calls.CallHeaders;
import dev.brigade.rest.calls.CommonFields;
import dev.brigade.rest.calls.FieldNames;
import dev.brigade.rest.calls.PlainCall;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.rest.http.RequestBodies;
import dev.brigade.rest.http.UploadForms;
import dev.brigade.rest.http.UploadForms.UploadedFile;
import dev.brigade.rest.json.JsonBody;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.InferenceRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a call to classify one image, from a JSON body or a form with the image as a file. */
@Component
final class ClassifyForm {

    private static final FieldNames NAMES = param -> param.equals("path") ? "image_path" : param;

    private final RequestBodies bodies;
    private final UploadForms forms;
    private final ImageIntake intake;

    ClassifyForm(RequestBodies bodies, UploadForms forms, ImageIntake intake) {
        this.bodies = bodies;
        this.forms = forms;
        this.intake = intake;
    }

    PlainCall read(HttpServletRequest request, BodyMemory.Share memory) {
        Upload upload = new Upload(memory);
        JsonFields fields =
                UploadForms.isForm(request)
                        ? forms.read(request, Question.TEXTS, memory, upload::take)
                        : JsonBody.parse(bodies.read(request, memory));
        ImageItem image = image(fields, intake.read(fields), Optional.ofNullable(upload.image));
        return call(fields, image, CallHeaders.idempotencyKey(request));
    }

    private static ImageItem image(
            JsonFields fields, Optional<ImageItem> named, Optional<ImageItem> uploaded) {
        if (named.isPresent() == uploaded.isPresent()) {
            throw ImageIntake.oneSource(fields);
        }
        return named.or(() -> uploaded).orElseThrow();
    }

    private static PlainCall call(
            JsonFields fields, ImageItem image, Optional<String> idempotencyHeader) {
        Question question = Question.read(fields);
        ImageInput input =
                ImageInput.newBuilder()
                        .setImage(image.getImage())
                        .setPath(image.getPath())
                        .setStored(image.getStored())
                        .setPrompt(question.prompt().orElse(null))
                        .setAllowUncertain(question.allowUncertain())
                        .setResizeImage(question.resizeImage())
                        .build();
        InferenceRequest.Builder request =
                CommonFields.whole(input).setSampling(question.sampling());
        CommonFields.read(fields, idempotencyHeader, request);
        fields.refuseOthers();
        return new PlainCall(
                CommonFields.checked(request.build(), NAMES),
                (answer, _) -> ClassificationView.of(answer),
                NAMES);
    }

    /** The one file of a form. */
    private final class Upload {

        private final BodyMemory.Share memory;
        private @Nullable ImageItem image;

        Upload(BodyMemory.Share memory) {
            this.memory = memory;
        }

        void take(UploadedFile file) throws IOException {
            if (!file.field().equals("image")) {
                throw new ApiException(
                        ApiError.unsupported(file.field(), "is no file that this call takes"));
            }
            if (image != null) {
                throw new ApiException(
                        ApiError.invalid("image", "image must be one file; a batch takes more"));
            }
            image = intake.take(file, memory, intake.roomInRecord());
        }
    }
}
