package dev.brigade.client;

import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.StoredPayload;
import java.nio.ByteBuffer;

/** An image to classify: exactly one of bytes, a path that workers see, and stored bytes. */
public final class ClassifyRequest {

    private final InferenceRequest.Builder request;

    private ClassifyRequest(InferenceRequest.Builder request) {
        this.request = request;
    }

    /** An encoded image with every default. */
    public static ClassifyRequest of(byte[] image) {
        return builder().image(image).build();
    }

    /** A request to put together. */
    public static Builder builder() {
        return new Builder();
    }

    /** The record that is sent. A large image leaves it for the payload store then. */
    public InferenceRequest toRecord(String tenant) {
        return InferenceRequest.newBuilder(request).setTenant(tenant).setStream(false).build();
    }

    /** Collects the image and settings. */
    public static final class Builder extends ImageRequestBuilder<Builder> {

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** The encoded image, at most 32 MiB; over 512 KiB it goes through the payload store. */
        public Builder image(byte[] encoded) {
            question.setImage(ByteBuffer.wrap(encoded));
            return this;
        }

        /** Path of the image below a root that workers allow. */
        public Builder path(String value) {
            question.setPath(value);
            return this;
        }

        /** The encoded image in the payload store. */
        public Builder stored(StoredPayload value) {
            question.setStored(value);
            return this;
        }

        /** The request. */
        public ClassifyRequest build() {
            return new ClassifyRequest(record(question.build()));
        }
    }
}
