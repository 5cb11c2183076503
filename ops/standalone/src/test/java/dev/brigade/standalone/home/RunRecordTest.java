package dev.brigade.standalone.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {

    @TempDir Path home;

    @Test
    void givesBackWhatWasNotedTheSupervisorFirst() throws Exception {
        var record = new RunRecord(home);
        var marks =
                Map.of(
                        "broker",
                        new ProcessMark(7, 70),
                        RunRecord.SUPERVISOR,
                        new ProcessMark(8, 80));
        record.write(marks, Map.of("rest", "http://127.0.0.1:1"));

        assertThat(new RunRecord(home).processes()).isEqualTo(marks);
        assertThat(record.processes().keySet()).containsExactly(RunRecord.SUPERVISOR, "broker");
        assertThat(record.address("rest")).hasValue("http://127.0.0.1:1");
    }

    @Test
    void isEmptyBeforeAndAfter() throws Exception {
        var record = new RunRecord(home);
        assertThat(record.processes()).isEmpty();
        record.write(Map.of("broker", new ProcessMark(7, 70)), Map.of());

        record.clear();
        record.clear();

        assertThat(record.processes()).isEmpty();
        assertThat(record.address("rest")).isEmpty();
    }

    @Test
    void ignoresWhatSomebodyGarbled() throws Exception {
        Files.writeString(home.resolve("up.properties"), "process.broker=x@y\nprocess.rest=12\n");

        assertThat(new RunRecord(home).processes()).isEmpty();
    }

    @Test
    void knowsALivingProcessAndNotAnotherWithItsNumber() {
        ProcessMark self = ProcessMark.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(self.find()).hasValue(ProcessHandle.current());
        assertThat(new ProcessMark(self.pid(), self.startedMs() - 60_000).find()).isEmpty();
    }

    @Test
    void endsAMarkedProcessByForceOnlyWhenItsTimeIsOver() throws Exception {
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        ProcessMark mark = ProcessMark.of(sleeper.pid()).orElseThrow();
        var another = new ProcessMark(ProcessHandle.current().pid(), 0);

        Leftovers.end(Map.of("sleeper", mark, "another", another), Duration.ofMillis(200));

        assertThat(sleeper.waitFor()).isEqualTo(137);
    }
}
