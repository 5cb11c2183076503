package dev.brigade.worker.images;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the first directory of a TIFF, counts the others, and writes a smaller one. */
final class TiffDirectory {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_OFFSETS = 273;
    private static final int ORIENTATION = 274;
    private static final int SAMPLES = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_LENGTHS = 279;
    private static final int PLANES = 284;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int SAMPLE_FORMAT = 339;

    /** Beside those above: fill order, fax options, predictor, palette, extra samples. */
    private static final Set<Integer> KEPT =
            Set.of(
                    WIDTH,
                    HEIGHT,
                    BITS,
                    COMPRESSION,
                    PHOTOMETRIC,
                    STRIP_OFFSETS,
                    SAMPLES,
                    ROWS_PER_STRIP,
                    STRIP_LENGTHS,
                    PLANES,
                    TILE_WIDTH,
                    TILE_HEIGHT,
                    TILE_OFFSETS,
                    TILE_LENGTHS,
                    SAMPLE_FORMAT,
                    266,
                    292,
                    293,
                    317,
                    320,
                    338);

    /** None, three kinds of fax, LZW, Deflate twice, PackBits. */
    private static final Set<Long> COMPRESSIONS = Set.of(1L, 2L, 3L, 4L, 5L, 8L, 32_946L, 32_773L);

    private static final Set<Long> DEPTHS = Set.of(1L, 2L, 4L, 8L, 16L);

    /** Bytes of a value of each type: byte, text, short, long. */
    private static final Map<Integer, Integer> TYPES = Map.of(1, 1, 2, 1, 3, 2, 4, 4);

    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int ENTRY = 12;
    private static final int MOST_SAMPLES = 4;

    private final ByteView bytes;
    private final ImageSettings limits;
    private final boolean little;
    private final Map<Integer, Entry> entries = new TreeMap<>();

    /** Where an entry stands, and where its values do. */
    private record Entry(long at, int type, long count, long values) {}

    TiffDirectory(ByteView bytes, ImageSettings limits) {
        this.bytes = bytes;
        this.limits = limits;
        this.little = bytes.startsWith("II");
    }

    TiffStill still() throws ImageFault {
        long first = u32(4);
        countDirectories(first);
        readEntries(first);
        long width = value(WIDTH, 0);
        long height = value(HEIGHT, 0);
        limits.checkSize(width, height);
        checkColours();
        long blockPixels = checkBlocks(width, height);
        long bits = value(BITS, 1) * value(SAMPLES, 1);
        return new TiffStill(
                (int) width,
                (int) height,
                (int) bits,
                blockPixels,
                ExifOrientation.valid(value(ORIENTATION, 1)),
                alone());
    }

    private void countDirectories(long first) throws ImageFault {
        int frames = 0;
        for (long at = first; at != 0; at = u32(at + 2 + (long) u16(at) * ENTRY)) {
            limits.checkFrames(++frames);
        }
        if (frames == 0) {
            throw ImageFault.truncated();
        }
    }

    private void readEntries(long directory) throws ImageFault {
        int count = u16(directory);
        for (int i = 0; i < count; i++) {
            long at = directory + 2 + (long) i * ENTRY;
            int tag = u16(at);
            if (KEPT.contains(tag) || tag == ORIENTATION) {
                entries.putIfAbsent(tag, entry(at));
            }
        }
    }

    private Entry entry(long at) throws ImageFault {
        int type = u16(at + 2);
        long count = u32(at + 4);
        long length = count * TYPES.getOrDefault(type, 8);
        long values = length <= 4 ? at + 8 : u32(at + 8);
        bytes.part(values, length);
        return new Entry(at, type, count, values);
    }

    private void checkColours() throws ImageFault {
        long samples = value(SAMPLES, 1);
        long depth = value(BITS, 1);
        Entry depths = entries.get(BITS);
        for (int i = 1; depths != null && i < Math.min(depths.count, samples); i++) {
            if (number(depths, i) != depth) {
                throw unsupported();
            }
        }
        if (!COMPRESSIONS.contains(value(COMPRESSION, 1))
                || !DEPTHS.contains(depth)
                || samples < 1
                || samples > MOST_SAMPLES
                || value(PHOTOMETRIC, 0) > 3
                || value(SAMPLE_FORMAT, 1) != 1) {
            throw unsupported();
        }
    }

    /** Pixels of a strip or tile, all of which lie within the file. */
    private long checkBlocks(long width, long height) throws ImageFault {
        boolean tiled = entries.containsKey(TILE_WIDTH);
        long blockWidth = tiled ? value(TILE_WIDTH, 0) : width;
        long rows = tiled ? value(TILE_HEIGHT, 0) : value(ROWS_PER_STRIP, height);
        long blockHeight = tiled ? rows : Math.min(rows, height);
        limits.checkSize(blockWidth, blockHeight);
        long across = (width + blockWidth - 1) / blockWidth;
        long down = (height + blockHeight - 1) / blockHeight;
        long planes = value(PLANES, 1) == 2 ? value(SAMPLES, 1) : 1;
        checkData(
                entries.get(tiled ? TILE_OFFSETS : STRIP_OFFSETS),
                entries.get(tiled ? TILE_LENGTHS : STRIP_LENGTHS),
                across * down * planes);
        return blockWidth * blockHeight;
    }

    private void checkData(@Nullable Entry offsets, @Nullable Entry lengths, long blocks)
            throws ImageFault {
        if (offsets == null
                || lengths == null
                || offsets.count < blocks
                || lengths.count < blocks) {
            throw ImageFault.truncated();
        }
        for (int i = 0; i < blocks; i++) {
            bytes.part(number(offsets, i), Math.max(1, number(lengths, i)));
        }
    }

    /** The file with a directory of its own at the end. */
    private ByteView alone() throws ImageFault {
        entries.remove(ORIENTATION); // applied after decoding, as for all formats
        ByteArrayOutputStream file = new ByteArrayOutputStream(bytes.size() + 1024);
        file.write(bytes.bytes(), bytes.from(), 4);
        int end = bytes.size() + (bytes.size() & 1);
        number(file, end, 4);
        file.write(bytes.bytes(), bytes.from() + 8, bytes.size() - 8);
        file.writeBytes(new byte[end - bytes.size()]);
        number(file, entries.size(), 2);
        for (Entry entry : entries.values()) {
            ByteView raw = bytes.part(entry.at, ENTRY);
            file.write(raw.bytes(), raw.from(), ENTRY);
        }
        number(file, 0, 4);
        return ByteView.of(file.toByteArray());
    }

    private void number(ByteArrayOutputStream out, int value, int size) {
        for (int i = 0; i < size; i++) {
            out.write(value >>> (8 * (little ? i : size - 1 - i)));
        }
    }

    private long value(int tag, long missing) throws ImageFault {
        Entry entry = entries.get(tag);
        return entry == null || entry.count == 0 ? missing : number(entry, 0);
    }

    private long number(Entry entry, int index) throws ImageFault {
        return switch (entry.type) {
            case SHORT -> u16(entry.values + 2L * index);
            case LONG -> u32(entry.values + 4L * index);
            default -> throw ImageFault.truncated();
        };
    }

    private int u16(long at) throws ImageFault {
        return little ? bytes.u16Little(at) : bytes.u16(at);
    }

    private long u32(long at) throws ImageFault {
        return little ? bytes.u32Little(at) : bytes.u32(at);
    }

    private static ImageFault unsupported() {
        return ImageFault.unsupported(
                "only TIFF images in grey, palette or RGB of up to 16 bits are supported, without"
                        + " JPEG inside");
    }
}
