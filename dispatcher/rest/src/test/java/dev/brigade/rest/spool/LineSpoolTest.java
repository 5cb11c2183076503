package dev.brigade.rest.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineSpoolTest {

    @Test
    void linesThatComeByPartsInAnyOrderLeaveInOrder() throws IOException {
        int images = 10_000;
        int partSize = 64;
        List<Integer> parts = new ArrayList<>();
        IntStream.range(0, images / partSize + 1).forEach(parts::add);
        Collections.shuffle(parts, new Random(7));
        try (LineSpool spool = new LineSpool(images)) {
            for (int part : parts) {
                for (int i = part * partSize; i < Math.min(images, (part + 1) * partSize); i++) {
                    spool.add(i, "line " + i + "\n");
                }
            }
            String expected =
                    IntStream.range(0, images)
                            .mapToObj(i -> "line " + i + "\n")
                            .collect(Collectors.joining());
            assertThat(spool.size()).isEqualTo(expected.length());
            assertThat(written(spool)).isEqualTo(expected);
            assertThat(new String(spool.open().readAllBytes(), UTF_8)).isEqualTo(expected);
        }
    }

    @Test
    void whatIsMissingIsLeftOut() throws IOException {
        try (LineSpool spool = new LineSpool(100_000)) {
            spool.add(99_999, "last\n");
            spool.add(3, "ä\n");
            spool.add(4, "b\n");
            assertThat(written(spool)).isEqualTo("ä\nb\nlast\n");
            assertThat(spool.size()).isEqualTo(10);
        }
    }

    @Test
    void nothingIsAnEmptyText() throws IOException {
        try (LineSpool spool = new LineSpool(5)) {
            assertThat(written(spool)).isEmpty();
        }
    }

    @Test
    void anIndexThatCannotBeIsRefused() throws IOException {
        try (LineSpool spool = new LineSpool(5)) {
            assertThatThrownBy(() -> spool.add(5, "x")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> spool.add(-1, "x")).isInstanceOf(IOException.class);
        }
    }

    private static String written(LineSpool spool) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        spool.writeTo(bytes);
        return bytes.toString(UTF_8);
    }
}
