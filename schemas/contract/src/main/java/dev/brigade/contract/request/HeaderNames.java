package dev.brigade.contract.request;

/** Names of the record headers that Brigade reads and writes. */
public final class HeaderNames {

    /** Topic of the terminal reply, UTF-8 (Spring Kafka's name). */
    public static final String REPLY_TOPIC = "kafka_replyTopic";

    /** Partition of chunks and reply, four bytes, big-endian (Spring Kafka's name). */
    public static final String REPLY_PARTITION = "kafka_replyPartition";

    /** Copied unchanged from request to reply (Spring Kafka's name). */
    public static final String CORRELATION_ID = "kafka_correlationId";

    /** W3C trace context. */
    public static final String TRACEPARENT = "traceparent";

    /** Topic from which a dead letter came. */
    public static final String DLT_ORIGINAL_TOPIC = "kafka_dlt-original-topic";

    /** Partition from which a dead letter came, four bytes. */
    public static final String DLT_ORIGINAL_PARTITION = "kafka_dlt-original-partition";

    /** Offset from which a dead letter came, eight bytes. */
    public static final String DLT_ORIGINAL_OFFSET = "kafka_dlt-original-offset";

    /** Timestamp of the original record, eight bytes. */
    public static final String DLT_ORIGINAL_TIMESTAMP = "kafka_dlt-original-timestamp";

    /** Error code that made the record a dead letter, UTF-8. */
    public static final String REASON = "brigade_reason";

    private HeaderNames() {}
}
