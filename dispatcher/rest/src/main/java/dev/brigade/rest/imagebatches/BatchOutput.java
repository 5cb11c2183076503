package dev.brigade.rest.imagebatches;

import dev.brigade.client.Answer;
import dev.brigade.rest.calls.OutputForm;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.schema.BatchSummary;
import org.springframework.stereotype.Component;

/** Batches that are looked at as requests: their summary. */
@Component
final class BatchOutput implements OutputForm {

    @Override
    public boolean fits(Answer answer) {
        return answer.reply().getOutput() instanceof BatchSummary;
    }

    @Override
    public Object of(Answer answer, BodyMemory.Share memory) {
        return EndView.of(answer.reply());
    }
}
