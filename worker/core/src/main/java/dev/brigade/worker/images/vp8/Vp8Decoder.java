package dev.brigade.worker.images.vp8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;

/** Decodes one key frame of VP8. */
public final class Vp8Decoder {

    /** Memory that decoding takes for each pixel, beside input and output: the planes. */
    public static final int BYTES_PER_PIXEL = 2;

    private final FrameHeader header;
    private final int columns;
    private final int rows;
    private final Plane y;
    private final Plane u;
    private final Plane v;
    private final Bits[] partitions;
    private final Block[][] blocks;

    private Vp8Decoder(byte[] bytes, int from, int end) throws IOException {
        header = FrameHeader.read(bytes, from, end);
        columns = (header.width + 15) / 16;
        rows = (header.height + 15) / 16;
        y = new Plane(16 * columns, 16 * rows);
        u = new Plane(8 * columns, 8 * rows);
        v = new Plane(8 * columns, 8 * rows);
        partitions = partitions(bytes, end);
        blocks = new Block[rows][columns];
    }

    /**
     * Decodes a frame whose size the caller knows and has checked.
     *
     * @param bytes what holds the frame, from its tag on
     * @param width of the frame, in pixels
     * @param height of the frame, in pixels
     * @return blue, green and red of each pixel, row by row
     * @throws IOException when the frame is damaged, ends early or has another size
     * @throws InterruptedIOException when the thread was interrupted
     */
    public static byte[] decode(byte[] bytes, int from, int end, int width, int height)
            throws IOException {
        Vp8Decoder decoder = new Vp8Decoder(bytes, from, end);
        if (decoder.header.width != width || decoder.header.height != height) {
            throw new IOException("another size");
        }
        decoder.blocks();
        decoder.smooth();
        byte[] picture = new byte[3 * width * height];
        new Colours(decoder.y, decoder.u, decoder.v, width, height).write(picture);
        return picture;
    }

    private Bits[] partitions(byte[] bytes, int end) throws EOFException {
        Bits[] all = new Bits[header.partitionCount];
        int sizes = header.partitions;
        int at = sizes + 3 * (all.length - 1);
        for (int i = 0; i < all.length; i++) {
            if (at > end) {
                throw new EOFException();
            }
            boolean last = i == all.length - 1;
            int length = last ? end - at : FrameHeader.little(bytes, sizes + 3 * i, 3);
            if (length > end - at) {
                throw new EOFException();
            }
            all[i] = new Bits(bytes, at, at + length);
            at += length;
        }
        return all;
    }

    private void blocks() throws IOException {
        Modes modes = new Modes(header, columns);
        Coefficients coefficients = new Coefficients(header, columns);
        for (int row = 0; row < rows; row++) {
            checkInterrupt();
            modes.beginRow();
            coefficients.beginRow();
            Bits partition = partitions[row % partitions.length];
            for (int column = 0; column < columns; column++) {
                Block block = modes.read(column);
                coefficients.read(partition, block, column);
                luma(block, coefficients.values, column, row);
                chroma(u, block, coefficients.values, 16 * 16, column, row);
                chroma(v, block, coefficients.values, 20 * 16, column, row);
                blocks[row][column] = block;
            }
        }
    }

    private void luma(Block block, int[] values, int column, int row) {
        int place = y.at(16 * column, 16 * row);
        if (!block.isSmall()) {
            Prediction.whole(block.mode, y, place, 16, row > 0, column > 0);
        } else {
            extendAbove(column, row);
        }
        for (int i = 0; i < 16; i++) {
            int small = place + i / 4 * 4 * y.stride + i % 4 * 4;
            if (block.isSmall()) {
                // Below the first four, the samples to the right are not there yet.
                int rightAbove = i % 4 == 3 ? place - y.stride + 16 : small - y.stride + 4;
                Prediction.small(block.smallModes[i], y, small, rightAbove);
            }
            if (block.hasCoefficients) {
                Transform.add(values, 16 * i, y, small);
            }
        }
    }

    /** Right of the last block above, its last sample is repeated. */
    private void extendAbove(int column, int row) {
        if (column == columns - 1 && row > 0) {
            int end = y.at(16 * columns, 16 * row - 1);
            for (int i = 0; i < 4; i++) {
                y.samples[end + i] = y.samples[end - 1];
            }
        }
    }

    private void chroma(Plane plane, Block block, int[] values, int from, int column, int row) {
        int place = plane.at(8 * column, 8 * row);
        Prediction.whole(block.chromaMode, plane, place, 8, row > 0, column > 0);
        for (int i = 0; block.hasCoefficients && i < 4; i++) {
            int small = place + i / 2 * 4 * plane.stride + i % 2 * 4;
            Transform.add(values, from + 16 * i, plane, small);
        }
    }

    /** After all blocks are there, since guesses are made from samples that are not smoothed. */
    private void smooth() throws InterruptedIOException {
        Edges edges = new Edges(header, y, u, v);
        for (int row = 0; row < rows; row++) {
            checkInterrupt();
            for (int column = 0; column < columns; column++) {
                edges.smooth(blocks[row][column], column, row);
            }
        }
    }

    private static void checkInterrupt() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException();
        }
    }
}
