package dev.brigade.standalone.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bash command, as far as it goes without the programs, which are built later. */
@Timeout(60)
class BrigadeCommandTest {

    private static final Path COMMAND = Checkout.ROOT.resolve("ops/brigade");

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h", ""})
    void explainsItself(String argument) throws Exception {
        Outcome outcome =
                run(COMMAND, Map.of(), argument.isEmpty() ? List.of() : List.of(argument));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output())
                .contains("up [--fresh]", "down", "status", "ask", "logs", "INFERENCE_PORT")
                .contains("saga show", "saga list", "saga parked", "saga retry", "--preset");
    }

    @ParameterizedTest
    @CsvSource({
        "frobnicate, no command frobnicate",
        "up --frish, no option --frish",
        "logs --all, no option --all",
        "logs cooker, no program cooker",
    })
    void refusesWhatItDoesNotKnow(String line, String why) throws Exception {
        Outcome outcome = run(COMMAND, Map.of(), List.of(line.split(" ")));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).contains(why);
    }

    @Test
    void saysThatThereIsNoLogYet() throws Exception {
        Outcome outcome = run(COMMAND, Map.of("BRIGADE_HOME", folder.toString()), List.of("logs"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("no log in " + folder);
    }

    @Test
    void showsTheLogOfOneProgram() throws Exception {
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/worker.log"), "worker line\n");
        Files.writeString(folder.resolve("logs/rest.log"), "rest line\n");

        var home = Map.of("BRIGADE_HOME", folder.toString());
        Outcome outcome = run(COMMAND, home, List.of("logs", "worker"));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output()).contains("worker line").doesNotContain("rest line");
    }

    @Test
    void findsAJdkThatIsNewEnoughWhateverTheDefaultIs() throws Exception {
        Outcome outcome = run(COMMAND, Map.of("JAVA_HOME", "/nowhere"), List.of("jdk"));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        Path release = Path.of(outcome.output().strip()).resolve("release");
        assertThat(Files.readString(release)).containsPattern("JAVA_VERSION=\"(2[5-9]|[3-9][0-9])");
    }

    @Test
    void takesAJdkFromJavaHomeAndPassesOverOneThatIsTooOld() throws Exception {
        Path old = jdk("old", "24.0.2");
        Path current = jdk("current", "26.0.1");

        assertThat(run(COMMAND, Map.of("JAVA_HOME", current.toString()), List.of("jdk")).output())
                .isEqualToIgnoringNewLines(current.toString());
        assertThat(run(COMMAND, Map.of("JAVA_HOME", old.toString()), List.of("jdk")).output())
                .doesNotContain(old.toString());
    }

    @Test
    void saysWhatToInstallWhenTheProgramsMustBeBuiltAndMavenIsMissing() throws Exception {
        Path copy = folder.resolve("checkout/ops/brigade");
        Files.createDirectories(copy.getParent());
        Files.copy(COMMAND, copy);
        var environment =
                Map.of(
                        "PATH", tools("dirname", "readlink", "sed", "head", "find").toString(),
                        "JAVA_HOME", jdk("jdk", "25.0.3").toString());

        Outcome outcome = run(copy, environment, List.of("up"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("mvn is not here", "install Maven");
    }

    @Test
    void buildsWhenASourceIsNewerThanTheJarsAndOnlyThen() throws Exception {
        Path root = folder.resolve("checkout");
        Path copy = root.resolve("ops/brigade");
        Files.createDirectories(copy.getParent());
        Files.copy(COMMAND, copy);
        Path source = root.resolve("worker/app/src/main/java/A.java");
        Files.createDirectories(source.getParent());
        Files.createFile(source);
        Path tools = tools("dirname", "readlink", "sed", "head", "find", "touch", "mkdir");
        Path built = folder.resolve("built");
        script(tools.resolve("mvn"), "echo build >> " + built + "\n" + jars());
        var environment =
                Map.of("PATH", tools.toString(), "JAVA_HOME", jdk("jdk", "25.0.3").toString());

        run(copy, environment, List.of("up"));
        assertThat(built).content().hasLineCount(1);
        run(copy, environment, List.of("up"));
        assertThat(built).content().hasLineCount(1);

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        run(copy, environment, List.of("up"));
        assertThat(built).content().hasLineCount(2);
    }

    private static String jars() {
        StringBuilder commands = new StringBuilder();
        for (String jar :
                List.of(
                        "ops/standalone/target/standalone.jar",
                        "dispatcher/app/target/dispatcher-app.jar",
                        "dispatcher/rest/target/dispatcher-rest.jar",
                        "worker/app/target/worker-app.jar")) {
            String target = jar.substring(0, jar.lastIndexOf('/'));
            commands.append("mkdir -p %s && touch %s\n".formatted(target, jar));
        }
        return commands.toString();
    }

    @Test
    void knowsThatNothingRunsWhereNothingIsBuilt() throws Exception {
        Path copy = folder.resolve("checkout/ops/brigade");
        Files.createDirectories(copy.getParent());
        Files.copy(COMMAND, copy);

        Outcome outcome = run(copy, Map.of(), List.of("status"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("ops/brigade up");
    }

    /** A folder that looks like a JDK from outside. */
    private Path jdk(String name, String version) throws IOException {
        Path jdk = folder.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        for (String tool : List.of("java", "javac")) {
            script(jdk.resolve("bin").resolve(tool), "exit 9");
        }
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    /** A folder with some of the machine's tools and none else. */
    private Path tools(String... names) throws Exception {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String name : names) {
            Outcome found = run(Path.of("/bin/sh"), Map.of(), List.of("-c", "command -v " + name));
            script(tools.resolve(name), "exec " + found.output().strip() + " \"$@\"");
        }
        return tools;
    }

    private static void script(Path file, String commands) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + commands + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static Outcome run(
            Path program, Map<String, String> environment, List<String> arguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (program.endsWith("brigade")) {
            command.addFirst("/bin/bash");
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), output);
    }

    private record Outcome(int exitCode, String output) {}
}
