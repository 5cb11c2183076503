package dev.brigade.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {

    @TempDir Path folder;

    @Test
    void isWhatTheMachineSays() throws Exception {
        machine(3_000_000);

        assertThat(memory().read()).hasValue(2929);
    }

    @Test
    void isWhatAContainersLimitLeavesWhenThatIsLess() throws Exception {
        machine(3_000_000);
        Files.writeString(folder.resolve("memory.max"), Long.toString(1000L << 20));
        Files.writeString(folder.resolve("memory.current"), Long.toString(700L << 20));
        Files.writeString(folder.resolve("memory.stat"), "anon 1\nfile " + (200L << 20) + "\n");

        assertThat(memory().read()).hasValue(500);
    }

    @Test
    void ignoresAContainerWithoutALimit() throws Exception {
        machine(3_000_000);
        Files.writeString(folder.resolve("memory.max"), "max");

        assertThat(memory().read()).hasValue(2929);
    }

    @Test
    void isUnknownWhereTheSystemDoesNotSay() {
        assertThat(memory().read()).isEmpty();
    }

    private void machine(long availableKb) throws Exception {
        Files.writeString(
                folder.resolve("meminfo"),
                "MemTotal: 9 kB\nMemAvailable:   %d kB\n".formatted(availableKb));
    }

    private AvailableMemory memory() {
        return new AvailableMemory(folder.resolve("meminfo"), folder);
    }
}
