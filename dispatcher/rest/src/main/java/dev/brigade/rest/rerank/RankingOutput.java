package dev.brigade.rest.rerank;

import dev.brigade.client.Answer;
import dev.brigade.rest.calls.OutputForm;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.schema.Ranking;
import java.util.List;
import org.springframework.stereotype.Component;

/** Rankings that are looked at later: all documents, by their indices. */
@Component
final class RankingOutput implements OutputForm {

    @Override
    public boolean fits(Answer answer) {
        return answer.reply().getOutput() instanceof Ranking;
    }

    @Override
    public Object of(Answer answer, BodyMemory.Share memory) {
        return RankedList.of(answer, Integer.MAX_VALUE, List.of());
    }
}
