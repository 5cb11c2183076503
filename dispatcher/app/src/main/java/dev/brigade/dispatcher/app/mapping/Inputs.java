package dev.brigade.dispatcher.app.mapping;

import dev.brigade.dispatcher.request.ImageRef;
import dev.brigade.dispatcher.request.ImageSource;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Message;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.CompletionInput;
import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.ImageListing;
import dev.brigade.schema.ImagePart;
import dev.brigade.schema.MapInput;
import dev.brigade.schema.RerankInput;
import java.util.List;
import java.util.Optional;

/** What is to be worked on, between the contract and the core. */
final class Inputs {

    private Inputs() {}

    /**
     * The core's input; empty for a kind that this dispatcher does not know.
     *
     * @throws IllegalArgumentException when it breaks a rule of its kind
     */
    static Optional<Input> read(Object record) {
        return Optional.ofNullable(
                switch (record) {
                    case ChatInput chat -> new Input.Chat(messages(chat.getMessages()));
                    case MapInput map -> new Input.Map(messages(map.getMessages()), map.getItems());
                    case CompletionInput completion ->
                            new Input.Completion(completion.getPrompt(), completion.getEcho());
                    case EmbeddingInput embedding ->
                            new Input.Embedding(
                                    embedding.getTexts(),
                                    embedding.getTokens(),
                                    Optional.ofNullable(embedding.getInputType()),
                                    Nullables.intOf(embedding.getDimensions()));
                    case RerankInput rerank ->
                            new Input.Rerank(rerank.getQuery(), rerank.getDocuments());
                    case ImageInput image ->
                            new Input.Image(
                                    Images.read(image),
                                    Optional.ofNullable(image.getPrompt()),
                                    image.getAllowUncertain(),
                                    image.getResizeImage());
                    case ImageBatchInput batch ->
                            new Input.ImageBatch(
                                    source(batch),
                                    Optional.ofNullable(batch.getPrompt()),
                                    batch.getAllowUncertain(),
                                    batch.getResizeImage());
                    case ImageListing listing ->
                            new Input.ImageListing(
                                    Optional.ofNullable(listing.getGlob()),
                                    Optional.ofNullable(listing.getManifest()).map(Images::read));
                    case ImagePart part ->
                            new Input.ImagePart(
                                    part.getFrom(),
                                    part.getCount(),
                                    part.getItems().stream().map(Images::read).toList(),
                                    Optional.ofNullable(part.getManifest()).map(Images::read),
                                    Optional.ofNullable(part.getPrompt()),
                                    part.getAllowUncertain(),
                                    part.getResizeImage());
                    default -> null;
                });
    }

    /** The contract's input of a job; what only requests have never gets there. */
    static Object write(Input input) {
        return switch (input) {
            case Input.Chat chat ->
                    new ChatInput(chat.messages().stream().map(Inputs::message).toList());
            case Input.Completion completion ->
                    new CompletionInput(completion.prompt(), completion.echo());
            case Input.Embedding embedding ->
                    EmbeddingInput.newBuilder()
                            .setTexts(embedding.texts())
                            .setTokens(embedding.tokens())
                            .setInputType(embedding.inputType().orElse(null))
                            .setDimensions(Nullables.orNull(embedding.dimensions()))
                            .build();
            case Input.Rerank rerank -> new RerankInput(rerank.query(), rerank.documents());
            case Input.Image image ->
                    Images.write(image.image())
                            .setPrompt(image.prompt().orElse(null))
                            .setAllowUncertain(image.allowUncertain())
                            .setResizeImage(image.resize())
                            .build();
            case Input.ImageListing listing ->
                    new ImageListing(
                            listing.glob().orElse(null),
                            listing.manifest().map(Images::write).orElse(null));
            case Input.ImagePart part ->
                    ImagePart.newBuilder()
                            .setFrom(part.from())
                            .setCount(part.count())
                            .setItems(part.items().stream().map(Images::item).toList())
                            .setManifest(part.manifest().map(Images::write).orElse(null))
                            .setPrompt(part.prompt().orElse(null))
                            .setAllowUncertain(part.allowUncertain())
                            .setResizeImage(part.resize())
                            .build();
            case Input.Map _, Input.ImageBatch _ ->
                    throw new IllegalArgumentException("a job of many items");
        };
    }

    /** Paths are images that have nothing else. */
    private static ImageSource source(ImageBatchInput batch) {
        if (batch.getGlob() != null) {
            return new ImageSource.Glob(batch.getGlob());
        }
        if (batch.getManifest() != null) {
            return new ImageSource.Manifest(Images.read(batch.getManifest()));
        }
        List<ImageRef> items =
                batch.getPaths().isEmpty()
                        ? batch.getItems().stream().map(Images::read).toList()
                        : batch.getPaths().stream().map(ImageRef::ofPath).toList();
        return new ImageSource.Inline(items);
    }

    private static List<Message> messages(List<dev.brigade.schema.Message> messages) {
        return messages.stream()
                .map(message ->
                        new Message(
                                message.getRole(),
                                message.getContent(),
                                Optional.ofNullable(message.getName())))
                .toList();
    }

    private static dev.brigade.schema.Message message(Message message) {
        return new dev.brigade.schema.Message(
                message.role(), message.content(), message.name().orElse(null));
    }
}
