package dev.brigade.rest.vision;

import dev.brigade.client.Answer;
import dev.brigade.rest.calls.OutputForm;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.schema.Classification;
import org.springframework.stereotype.Component;

/** Classifications that are looked at later. */
@Component
final class ClassificationOutput implements OutputForm {

    @Override
    public boolean fits(Answer answer) {
        return answer.reply().getOutput() instanceof Classification;
    }

    @Override
    public Object of(Answer answer, BodyMemory.Share memory) {
        return ClassificationView.of(answer);
    }
}
