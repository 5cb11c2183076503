package dev.brigade.standalone.saga;

import dev.brigade.contract.serde.AvroWire;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code saga}: what became of requests, told from the log, and parked compensations retried. */
public final class SagaCommand {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    private final String bootstrapServers;
    private final AvroWire wire;
    private final PrintStream out;
    private final Consumer<String> complain;

    /**
     * @param out takes what was asked for
     * @param complain takes lines about what went wrong
     */
    public SagaCommand(
            String bootstrapServers, AvroWire wire, PrintStream out, Consumer<String> complain) {
        this.bootstrapServers = bootstrapServers;
        this.wire = wire;
        this.out = out;
        this.complain = complain;
    }

    /**
     * Does what the arguments behind {@code saga} say, and returns the exit code.
     *
     * @throws IllegalArgumentException when they make no sense, saying why
     */
    public int run(List<String> arguments) throws InterruptedException {
        SagaArguments asked = SagaArguments.parse(arguments);
        try (LogReader reader = LogReader.open(bootstrapServers, wire, LIMIT)) {
            return switch (asked) {
                case SagaArguments.Show show -> show(reader, show);
                case SagaArguments.Recent recent -> recent(reader, recent);
                case SagaArguments.Parked parked -> parked(reader, parked.json());
                case SagaArguments.Retry retry -> retry(reader, retry.compensationId());
            };
        } catch (InterruptException e) {
            throw new InterruptedException(e.getMessage());
        } catch (LogException e) {
            complain.accept(String.valueOf(e.getMessage()));
        } catch (TimeoutException e) {
            complain.accept(
                    "Kafka does not answer at %s: start the system with ops/brigade up"
                            .formatted(bootstrapServers));
        } catch (KafkaException e) {
            complain.accept("Kafka at %s: %s".formatted(bootstrapServers, e.getMessage()));
        }
        return 1;
    }

    private int show(LogReader reader, SagaArguments.Show show) {
        Optional<Saga> saga =
                SagaStory.tell(
                        show.requestId(), SagaLog.read(reader, show.requestId()), show.withText());
        if (saga.isEmpty()) {
            complain.accept(
                    "the log holds no request %s: the id is wrong, or the log is kept no longer"
                            .formatted(show.requestId()));
            return 1;
        }
        if (show.json()) {
            json(saga.get());
        } else {
            SagaPage.of(saga.get()).forEach(out::println);
        }
        return 0;
    }

    private int recent(LogReader reader, SagaArguments.Recent recent) {
        List<SagaRow> rows =
                RecentSagas.read(reader).stream()
                        .filter(recent.which()::fits)
                        .limit(recent.limit())
                        .toList();
        if (recent.json()) {
            json(rows);
        } else {
            ListPages.rows(rows).forEach(out::println);
        }
        return 0;
    }

    private int parked(LogReader reader, boolean json) {
        List<ParkedLetter> open = open(reader);
        if (json) {
            json(open);
        } else {
            ListPages.parked(open).forEach(out::println);
        }
        return 0;
    }

    private int retry(LogReader reader, Optional<String> id) throws InterruptedException {
        List<ParkedLetter> chosen =
                open(reader).stream()
                        .filter(letter -> id.isEmpty() || letter.compensationId().equals(id.get()))
                        .toList();
        if (id.isPresent() && chosen.isEmpty()) {
            complain.accept(
                    "no compensation %s is parked and unanswered; saga parked lists them"
                            .formatted(id.get()));
            return 1;
        }
        try (Resender resender = Resender.open(bootstrapServers)) {
            for (ParkedLetter letter : chosen) {
                RecordMetadata at = resender.send(letter);
                out.printf(
                        "sent again: %s to %s, partition %d, offset %d%n",
                        letter.compensationId(), at.topic(), at.partition(), at.offset());
            }
        }
        if (chosen.isEmpty()) {
            out.println("nothing is parked");
        }
        return 0;
    }

    private static List<ParkedLetter> open(LogReader reader) {
        return ParkedLetters.read(reader, Optional.empty()).stream()
                .filter(ParkedLetter::isOpen)
                .toList();
    }

    private void json(Object value) {
        out.println(JSON.writeValueAsString(value));
    }
}
