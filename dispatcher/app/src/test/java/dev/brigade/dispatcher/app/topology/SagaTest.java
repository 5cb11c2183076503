package dev.brigade.dispatcher.app.topology;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A dispatcher with three models and the workers that a test plays. */
abstract class SagaTest {

    @TempDir Path stateDir;

    TestDispatcher dispatcher;
    Workers workers;

    @BeforeEach
    final void start() {
        dispatcher = new TestDispatcher(stateDir, 8, "m1:primary", "m2:thinker", "m3:fast");
        workers = new Workers(dispatcher);
    }

    @AfterEach
    final void stop() {
        dispatcher.close();
    }
}
