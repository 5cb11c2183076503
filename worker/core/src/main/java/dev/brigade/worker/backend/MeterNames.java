package dev.brigade.worker.backend;

/**
 * Names of meters, and of their one tag. Prometheus shows {@code brigade.batch.wait} as {@code
 * brigade_batch_wait_seconds}, and a counter's name with {@code _total}. A model's id is the only
 * value of the tag, so that there are as many series as models.
 */
public final class MeterNames {

    /** The model's id. */
    public static final String MODEL_NAME = "model_name";

    /** Summary: calls or images in one run of the model. */
    public static final String BATCH_SIZE = "brigade.batch.size";

    /** Timer: what a call waits until its batch begins. */
    public static final String BATCH_WAIT = "brigade.batch.wait";

    /** Gauge: calls that wait for a batch. */
    public static final String BATCH_QUEUE_LENGTH = "brigade.batch.queue.length";

    /** Counter: images that were decoded, or could not be; tag {@code result}. */
    public static final String IMAGES_DECODED = "brigade.images.decoded";

    /** Timer: reading, checking, decoding and preparing one image. */
    public static final String IMAGE_DECODE = "brigade.image.decode";

    /** Gauge: jobs that a model works on. */
    public static final String REQUESTS_RUNNING = "brigade.num.requests.running";

    /** Gauge: jobs that a model can work on at once. */
    public static final String SLOTS = "brigade.model.slots";

    private MeterNames() {}
}
