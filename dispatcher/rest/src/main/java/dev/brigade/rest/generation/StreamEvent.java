package dev.brigade.rest.generation;

import dev.brigade.client.Answer;
import dev.brigade.client.Failure;
import dev.brigade.client.MapProgress;
import dev.brigade.client.StageUpdate;
import dev.brigade.client.TextDelta;

/** What happens to a request while it is streamed; one of the last two comes last. */
sealed interface StreamEvent {

    record Started(String requestId, String model) implements StreamEvent {}

    record Text(TextDelta delta) implements StreamEvent {}

    record Stage(StageUpdate update) implements StreamEvent {}

    record Progress(MapProgress progress) implements StreamEvent {}

    record Done(Answer answer) implements StreamEvent {}

    record Failed(Failure failure) implements StreamEvent {}
}
