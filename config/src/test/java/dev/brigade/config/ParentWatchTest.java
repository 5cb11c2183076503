package dev.brigade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParentWatchTest {

    private final CountDownLatch closed = new CountDownLatch(1);

    @Test
    void ignoresWhatTheParentWritesAndActsWhenItsEndCloses() throws Exception {
        var parent = new PipedOutputStream();
        var input = new PipedInputStream(parent);
        ParentWatch.start(input, closed::countDown);
        parent.write(new byte[] {1, 2, 3});
        parent.flush();
        await().atMost(Duration.ofSeconds(10)).until(() -> input.available() == 0);
        assertThat(closed.getCount()).isEqualTo(1);

        parent.close();

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void takesABrokenPipeForAClosedOne() throws Exception {
        ParentWatch.start(new BrokenPipe(), closed::countDown);

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void neverKeepsTheProgramAlive() {
        assertThat(ParentWatch.start(InputStream.nullInputStream(), () -> {}).isDaemon()).isTrue();
    }

    private static final class BrokenPipe extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("Broken pipe");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return read();
        }
    }
}
