package dev.brigade.client;

import dev.brigade.schema.ImageItem;
import dev.brigade.schema.StoredPayload;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A manifest as JSON Lines, made line by line while it is read. Reading takes the next image, and
 * so throws what taking it throws.
 */
final class ManifestStream extends InputStream {

    private static final JsonMapper JSON = new JsonMapper();

    private final Iterator<ImageItem> items;
    private ByteBuffer line = ByteBuffer.allocate(0);

    /**
     * @param items without bytes of their own
     */
    ManifestStream(Iterator<ImageItem> items) {
        this.items = items;
    }

    @Override
    public int read() {
        return more() ? line.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        int filled = 0;
        while (filled < length && more()) {
            int count = Math.min(length - filled, line.remaining());
            line.get(into, offset + filled, count);
            filled += count;
        }
        return filled == 0 && length > 0 ? -1 : filled;
    }

    private boolean more() {
        if (!line.hasRemaining() && items.hasNext()) {
            line = ByteBuffer.wrap(line(items.next()));
        }
        return line.hasRemaining();
    }

    private static byte[] line(ImageItem item) {
        ObjectNode json = JSON.createObjectNode();
        if (item.getPath() != null) {
            json.put("path", item.getPath());
        }
        StoredPayload stored = item.getStored();
        if (stored != null) {
            json.putObject("stored")
                    .put("digest", stored.getDigest())
                    .put("bytes", stored.getBytes())
                    .put("media_type", stored.getMediaType());
        }
        if (item.getName() != null) {
            json.put("name", item.getName());
        }
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
