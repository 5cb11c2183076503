package dev.brigade.rest.imagebatches;

import dev.brigade.client.BatchAnswer;
import dev.brigade.client.BatchProgress;
import dev.brigade.client.Failure;
import dev.brigade.schema.ResultPart;

/** What happens to a batch while it is streamed; one of the last two comes last. */
sealed interface BatchEvent {

    record Progress(BatchProgress progress) implements BatchEvent {}

    record Part(ResultPart part) implements BatchEvent {}

    record Done(BatchAnswer answer) implements BatchEvent {}

    record Failed(Failure failure) implements BatchEvent {}
}
