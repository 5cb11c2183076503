package dev.brigade.contract.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class ReplyPartitionTest {

    @Test
    void thePartitionAskedForComesFirst() {
        assertThat(ReplyPartition.of(RequestId.create(1, 2), Optional.of(3), 4)).isEqualTo(3);
        assertThat(ReplyPartition.of("order-17", Optional.of(0), 4)).isZero();
    }

    @Test
    void onePastTheTopicIsNotHonoured() {
        String id = RequestId.create(1, 2);

        assertThat(ReplyPartition.of(id, Optional.of(4), 4)).isEqualTo(2);
        assertThat(ReplyPartition.of(id, Optional.of(-1), 4)).isEqualTo(2);
    }

    @Test
    void elseTheOneThatTheIdCarries() {
        assertThat(ReplyPartition.of(RequestId.create(1, 2), Optional.empty(), 4)).isEqualTo(2);
        assertThat(ReplyPartition.of(RequestId.create(1, 4095), Optional.empty(), 4)).isEqualTo(3);
    }

    @Test
    void elseTheOneThatKafkaGivesTheKey() {
        Random random = new Random(2);
        for (int i = 0; i < 1000; i++) {
            String key = "order-" + random.nextInt();
            int partitions = 1 + random.nextInt(50);

            assertThat(ReplyPartition.of(key, Optional.empty(), partitions))
                    .isEqualTo(
                            BuiltInPartitioner.partitionForKey(
                                    key.getBytes(StandardCharsets.UTF_8), partitions));
        }
    }
}
