package dev.brigade.client;

import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.InferenceRequest;

/** Takes what is too large for a record out of it, and leaves where it lies. */
final class ClaimCheck {

    private final PayloadStore payloads;

    ClaimCheck(PayloadStore payloads) {
        this.payloads = payloads;
    }

    /**
     * The same request, as it fits a record.
     *
     * @throws BrigadeException with the store's code, or {@code image_too_large}
     */
    InferenceRequest check(InferenceRequest request) {
        return switch (request.getInput()) {
            case ImageInput image when image.getImage() != null -> image(request, image);
            case ImageBatchInput batch ->
                    new BatchPacking(payloads)
                            .pack(batch)
                            .map(packed -> with(request, packed))
                            .orElse(request);
            default -> request;
        };
    }

    private InferenceRequest image(InferenceRequest request, ImageInput input) {
        ImagePacking packing = new ImagePacking(payloads);
        if (packing.fits(input.getImage().remaining())) {
            return request;
        }
        return with(
                request,
                ImageInput.newBuilder(input)
                        .setImage(null)
                        .setStored(packing.store("image", input.getImage()))
                        .build());
    }

    private static InferenceRequest with(InferenceRequest request, Object input) {
        return InferenceRequest.newBuilder(request).setInput(input).build();
    }
}
