package dev.brigade.worker.images;

import static dev.brigade.worker.images.ImageFiles.base64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.brigade.contract.error.ErrorCode;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** WebP is decoded to the last bit as libwebp does. */
class WebpTest {

    /** Made with Pillow 12.3, with the CRC-32 of red, green and blue of what it reads back. */
    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(
                        "lossy, modes of small blocks",
                        0x1442bc90L,
                        base64(
                                "UklGRvwAAABXRUJQVlA4IPAAAABQBgCdASopACUAPsFWokynpKMiKrVcAPAYCWMAxcncC4CWXn/g",
                                "lWZKEgyh96hPPE/qnZtCUIInMrLyQAD+6Xe3adPUB+dwjdPd8QxS8znf5jqwqaLGBHZMd4EQSMlF",
                                "JfqeW78E6eJZ1JfgFLle4Icl+t+8wnmzMlIIZSHpTDm0ds/Wziz3hdQZ1QbMTivVY+tFm3Lxk9Jh",
                                "h1fGUaalDMN5ajW0KYDNhCTB3MPmYxU9Rjk8g8MOGzvovh6/FP1p4emXOSXtdD/xWAHe3Lwf5U+u",
                                "l5aGLzNZzUQ6fcKCOAyXfMYHpsdu9Hb02X45NdRwAAA=")),
                Arguments.of(
                        "lossy, strong filter",
                        0xeaf5ab62L,
                        base64(
                                "UklGRlIAAABXRUJQVlA4IEYAAADwAwCdASohADIAP6nE0mC7simlsBVeq3A1CUAZqQcXoUttBy6Y",
                                "qv4AAP0PLv3nVuqznMCi4ta9XaIyV1LEaII1b1S4FAAA")),
                Arguments.of(
                        "lossy, segments",
                        0x0765ce60L,
                        base64(
                                "UklGRoYAAABXRUJQVlA4IHoAAABwBACdASoyACIAPvlopVAuJieitV38AcAfCWUA0nA3VHWBn5Fo",
                                "iYPaJtXnwAD+5TR/Dkn8/gm0J/RgdCl7BAsmsAq+UpOFllf3Hr8iFyIbQwpGWT6tbpiErErRbvLe",
                                "oRh5GC1PZwpDfftD4JCFGw1Yu9QIu7hq1NkAAA==")),
                Arguments.of(
                        "lossless, noise",
                        0x6f75a91aL,
                        base64(
                                "UklGRoIBAABXRUJQVlA4THUBAAAvDIACAIkzNET0P3QRIRBIgtifaaT+hwO3kSQp0jIen3Tx7r9Z",
                                "rzLzHwy4AVUCAMLS7jObbbu9pmRbh5+wfZdsu9lKZrJ92dYMxEaSFEmVWce2n7n4WBHrqfthzbTK",
                                "qvGP9j6Hnud36pE53+l/94nj5vl24F23hKu+/1MZu3ftnAYC6m0xJEkHH5HvkfNYoybGc/s7u2fs",
                                "jJ7I3epzSVh08MIPJ9ZW0bShpvJp+8qCVEWxs+I4DBYByYgyBeeJ+TR6YYDU+S3L+JcGEJDAco+q",
                                "XlmR8J7lmTGo9oPPMGZjT+5XoarUlalx2EN8iqUOMd//LiPAg+p/tT/U1NwUcvEw4gQBYovMezUt",
                                "pfQCi3dPusF+r2LA6fs9wLzOKX4McWNqjdZxB8Dr5aTZxbyF1EAu13TGtgLV5QE3bVAIMLWZoQDu",
                                "+6neI1p5hfghykamRXkFcYge0pcl9qW6Vwx/+z/Ay2uJK85RrVuhmsJqGfOQyesbqQEAAA==")),
                Arguments.of(
                        "lossless, smooth",
                        0xa197e510L,
                        base64(
                                "UklGRsACAABXRUJQVlA4TLMCAAAvJ0AHAAmFbdugIRXGi+h/dAMQAcwUMRP8XUT0Pzx0HEmSJElV",
                                "798/VxJVj9BiIxMwboBwBIqrwVncAg2nYw+n3ffgA/2OgoG0bdrJv+jXQNo2zVXf/WICfru/1Clb",
                                "Xd78tiUvNB8bNuoOnXOdcKbez+h9U4+Nu2BcdPd7jEs+ti4/MzNmznOQ4R37nf67dKr/+4i4v8Y9",
                                "7j5nfvtIz95C4jvQMT3VrceJy5PiFffXZnGPj7x0H5mZzfPZ6E9O1uE73dQVffwfF3qNGI/Y3mfO",
                                "9+m1lvkd7Lvhwr6j9j366CNyvMYjhn/k+/3OTLXWjJvrKWTqGrkiLxbxGOGfnx+Z2VqjwdNMUN8R",
                                "Umfz2oiIR4RHvN/vz8zss8vglkxodV859IgID4/Pj8icrk7jadxgISGNrAh/6ZuOzHd69i4aYNYK",
                                "lS20CA0iPDxmeLxnRubsgBlmxaJUYgVD4eExA4+ZGa7ovZt4YlUqVDq0PHSEh6cTM28LeBpWXC0W",
                                "Q0cwPDzaQ9N7Zs6YHQMMo1hU1IqKcWOGN9fsoYzoYBjW6sbydWgMPHxMj+Yo03NeYRhWRcWN5SMq",
                                "/EifckfXXQgBJ1alslXfdyjKDzx8EjfQOnEIjAaIEgugKLxeXAVDLIQEGBSLVQPcvSgf7i5vIKFb",
                                "AuxsLGoV134cvjwcB5cIB3U6NKNYtcqBAsbhcobvIO8RINRObbdSIVdzdz9WxbbiEH64PAB1AAGU",
                                "jlqLBuC+tvHBoYNoTWpCNKBRlJDvXNcapzV8lI4GTLnoQnzZAcPE3Nr0cArt68xi/76x7uHh072T",
                                "ogFqGLDDEkV81dexE63Tmrr7H+BQhmHeuD6O7352ApjNmeEdCQG74IlBawDaSztl8cVn0j1u7WDI",
                                "gAYNp8CiWn317ppqV61n81YIY/frgvXcHFQHAA==")),
                Arguments.of(
                        "lossless, palette",
                        0xa60891c5L,
                        base64(
                                "UklGRvwAAABXRUJQVlA4TPAAAAAvKAAJAAXk2nbjNijAmUcP2PyFBmzZwS8J/a8skKBQQUT/FbZt",
                                "29hxsXeb/nA5+JHwZ8SPnpegqdhVr9exndECzW2q1fUJttTmYleF0ZAUzqsJqdHOxFTRRKRBr0fk",
                                "TC4WC1igmlsfi/0b6eJsthiemIgF6UJxiSTJ67B4HFMYZcjlGC+THgTMx2JAJgIGLBkkFPyMBTaj",
                                "mVEyLj36UphTXFoKhiDqGrS00Dc9g48Q95iDflNoj6suwGJ0n8TSQ87SUBkUZhc2qzu/6htReMeq",
                                "bm3pOyh8WXVvtfD11/mTQg9V7vMKvWidX6709HV/xwU=")),
                Arguments.of(
                        "lossless, two colours",
                        0x014f0326L,
                        base64(
                                "UklGRoIAAABXRUJQVlA4THYAAAAvKAAJAA8w//M///MfeHAcybaq9H31DX8QgUsYblndJUvCj+h/",
                                "AAACtg8uex6qbGD1RyasPvu9n3XCCNaNYt2wNpwDroyYFtQgNIU1KC4dwNIwKoKh4LJnjdAYNIIv",
                                "XOwzYVnJj8awtw4iB9jjQkk11co6BcMA")),
                Arguments.of(
                        "lossless, one pixel",
                        0xc8f745e8L,
                        base64("UklGRhgAAABXRUJQVlA4TAwAAAAvAAAAAKhAabvX/wA=")),
                Arguments.of(
                        "lossy and transparent",
                        0x2f97f698L,
                        base64(
                                "UklGRtQBAABXRUJQVlA4WAoAAAAQAAAAKAAAJAAAQUxQSGgBAAAFCTNt20i50nb8EQ9ERP9DSYgQ",
                                "kmtJ0K+FbiRJkiRpP/4Jvv8us4YGhayhcugIiJiACfgtfAeJSBIKIfztuMblPmmCnDG55quRRAtB",
                                "HtaeJEIiT1MIO4IQyRfSaJB7COUxfwmJabSCsiBzvSxz5loKImZdZBktFBIlMo6FaS2SI5HlnK+u",
                                "EYmkVj+4N4QNkVCkGHZox7CWQilEyKDGNqQoQnQRw5qZKSkhSXKmwcwnyhuiFNFFM7bo3U9FSqXm",
                                "JmTWh//tVUpFJeTM+X7ML/Z2KasEOUNQ/uAVZVU7ukVHe9c+E0mtHEKUVPbOBy2S1CpJpIr3k+2y",
                                "iKRJKaWVxVohSw5FQYok89yIKGd5kZc1HU1yDdIqElkjgnZBR0miZcqDGFIKcQjy2EirVhcdsSw9",
                                "OBNRS1KL5Qx7LVhBSdBkRRLLGUG0IBhFCxp0pJDckykXSBSF1lq7yP2IoiByjy/kuTlytiakySNW",
                                "UDggRgAAANADAJ0BKikAJQA/OZK7VS8rpqMquqwB4CcJYwDH5DCHlkFWNya48ABzry93v7PiWolh",
                                "Z5S2JtqO0NuMjNJ0pTa9o85UAAA=")),
                Arguments.of(
                        "lossless and transparent",
                        0x1c5294f5L,
                        base64(
                                "UklGRmwBAABXRUJQVlA4TGABAAAvKAAJEEegoG0bpt2hPs5/NMg2LNLR5x5mRG3bNow8+nCfnDop",
                                "DYCE+Y2fuBAczeQnJlOEs01Nwv1ozJDo+ZOLkj4hOdr2uG3+GVQAO9s1sMdnUS+3swVVIDINcAYN",
                                "ZME93v6+/x9ISojo/wTQ+5DSmSAi4qytdO6I6iQ7Nl5U144cnBdV1Z7RUbvCUyOI8OIdZYaU0nOm",
                                "tUIBcIKgqrrS9l70RZXOh+cMch//6tpD2iDEGCP9t75aFzM3zqZ6R/GS+VlrrUBpAVS7cJTyw3x3",
                                "ftbKz0opZTbJoTW/QEg91fAv1cz/Byc/tpaKsxJyfjx7wFFAnTy2jmLUyeYnUHq2q+Eolhdzydt1",
                                "7FJV5JK3PRucF9VvCGY0GFUdgnDZ9qtHKU8xRhp5HM0x38c4IAIm5w1u+3QX4xDMzdv3fX+LMSKG",
                                "Hr7FIYg90Zq4j0FEgoicaACDiOCRc973CUIQOREA")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void everyPixelIsAsLibwebpDecodesIt(String what, long sum, byte[] file) throws Exception {
        BufferedImage picture = decode(file);

        CRC32 found = new CRC32();
        byte[] bytes = RgbPicture.bytes(picture);
        for (int i = 0; i < bytes.length; i += 3) {
            found.update(bytes[i + 2]);
            found.update(bytes[i + 1]);
            found.update(bytes[i]);
        }
        assertThat(found.getValue()).isEqualTo(sum);
    }

    /** Also where the lengths in the file are made to fit. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void dataThatEndEarlyAreNoPicture(String what, long sum, byte[] file) {
        byte[] half = Arrays.copyOf(file, Math.max(20, file.length - 4 - file.length / 3));

        assertThatExceptionOfType(ImageFault.class)
                .isThrownBy(() -> decode(half))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo(ErrorCode.IMAGE_TRUNCATED));
        little(half, 4, half.length - 8);
        int last = lastChunk(file);
        if (last + 8 < half.length) {
            little(half, last + 4, half.length - last - 8);
        }
        assertThatExceptionOfType(ImageFault.class)
                .isThrownBy(() -> decode(half))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo(ErrorCode.IMAGE_TRUNCATED));
    }

    private static int lastChunk(byte[] file) {
        int at = 12;
        int length = length(file, at);
        while (at + 8 + length + (length & 1) < file.length) {
            at += 8 + length + (length & 1);
            length = length(file, at);
        }
        return at;
    }

    private static int length(byte[] file, int chunk) {
        return (file[chunk + 4] & 0xff) | (file[chunk + 5] & 0xff) << 8;
    }

    private static void little(byte[] file, int at, int value) {
        for (int i = 0; i < 4; i++) {
            file[at + i] = (byte) (value >> (8 * i));
        }
    }

    private static BufferedImage decode(byte[] file) throws Exception {
        return new ImageDecoder(ImageSettings.defaults(), DecodeMemory.ofHeap())
                .decode(new EncodedImage(file, "a.webp"), picture -> picture);
    }
}
