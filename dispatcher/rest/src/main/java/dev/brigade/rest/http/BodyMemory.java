package dev.brigade.rest.http;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * The memory that the bodies of all calls together may hold. It is counted as it fills, so a client
 * that announces much and sends little holds little.
 */
@Component
public final class BodyMemory {

    private static final int STEP = 64 * 1024;

    private final Semaphore freeSteps;

    BodyMemory(RestProperties properties) {
        this.freeSteps = new Semaphore((int) (properties.maxBodyMemory().toBytes() / STEP) + 1);
    }

    /** The share of one call, which must be closed; nothing so far. */
    public Share share() {
        return new Share();
    }

    /** What one call holds. For one thread. */
    public final class Share implements AutoCloseable {

        private long held;
        private int steps;

        private Share() {}

        /**
         * Holds so many bytes more.
         *
         * @throws ApiException {@code too_many_requests} when others hold the memory
         */
        public void hold(long bytes) {
            held += bytes;
            while (steps < Math.ceilDiv(held, STEP)) {
                if (!freeSteps.tryAcquire()) {
                    throw new ApiException(
                            ApiError.of(
                                    ErrorCode.TOO_MANY_REQUESTS,
                                    "Too many request bodies are being read"));
                }
                steps++;
            }
        }

        /**
         * The bytes of a stream to its end, or as many as {@code most}; held as they come.
         *
         * @throws ApiException as {@link #hold}
         */
        public byte[] read(InputStream input, long most) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] step = new byte[STEP];
            int read;
            do {
                int wanted = (int) Math.min(STEP, most - bytes.size());
                read = input.readNBytes(step, 0, wanted);
                hold(read);
                bytes.write(step, 0, read);
            } while (read == STEP);
            return bytes.toByteArray();
        }

        /** Gives the memory free; does nothing the second time. */
        public void release() {
            freeSteps.release(steps);
            steps = 0;
            held = 0;
        }

        @Override
        public void close() {
            release();
        }
    }
}
