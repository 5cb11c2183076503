package dev.brigade.worker.app;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the message of a {@link StartFailure} in place of a stack trace. */
final class StartFailureAnalyzer extends AbstractFailureAnalyzer<StartFailure> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, StartFailure failure) {
        return new FailureAnalysis(String.valueOf(failure.getMessage()), null, failure);
    }
}
