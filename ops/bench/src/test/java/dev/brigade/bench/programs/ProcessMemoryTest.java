package dev.brigade.bench.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ProcessMemoryTest {

    @Test
    void theHeapIsWhatBothGenerationsUse() {
        assertThat(
                        ProcessMemory.usedKb(
                                """
                                6265:
                                DefNew     total 19648K, used 12K [0x00000000fc000000, 0x00000000fd550000)
                                 eden space 17472K,   0% used [0x00000000fc000000, 0x00000000fd110000)
                                 from space 2176K,   0% used [0x00000000fd330000, 0x00000000fd550000)
                                Tenured    total 43712K, used 3774K [0x00000000fd550000, 0x0000000100000000)
                                 the  space 43712K,   8% used [0x00000000fd550000, 0x0000000100000000)
                                 Metaspace       used 5000K, committed 6000K, reserved 1000000K
                                """))
                .isEqualTo(3_786);
    }

    @Test
    void aHeapOfAnotherCollectorIsRefused() {
        assertThatThrownBy(() -> ProcessMemory.usedKb("garbage-first heap total 1K, used 1K"))
                .hasMessageContaining("no generation");
    }
}
