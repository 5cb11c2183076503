package dev.brigade.worker.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplingTest {

    /** Made with Pillow 12.3: red, green, blue of each pixel in hexadecimal. */
    @ParameterizedTest(name = "{0} to {1} x {2}")
    @CsvSource({
        "NEAREST, 4, 3, 81b6ebcd0237194e83659acf3f74a99bd005f72c615388bd053a6f81b6ebfd326779aee3",
        "NEAREST, 11, 2, 5b90c581b6eba7dc11a7dc11cd0237f3285d194e833f74a93f74a9659acf8bc0f5c7fc31053a6f4378ad4378ad81b6ebbff429fd32673b70a53b70a579aee3b7ec21",
        "BOX, 4, 3, 4176ab9e7e887c7166477cb17e8868647d79929c7c9a4f84578c81959f7fa85d926fa499",
        "BOX, 11, 2, 497e7371669b5a8f845a8f8482776caba09593887d7c71667c716664598e8d82b772a7865b90709a79599a79598363986ca181ab8bc09474549474547e5d92679c7c",
        "BILINEAR, 4, 3, 63808b867186838081736a946e7d7973876e92888088728a68927587858598818f798485",
        "BILINEAR, 11, 2, 54897d72788e707d806d7b6f836b76a58c98878c8d8083707a6b73795f948a7db26ea379608873717a7480787c7c858380b573af83a2937a7a7f70787f7292799c84",
        "HAMMING, 4, 3, 5b809b916d7f7e80796371a2697a776d8e669a8882896a915f9179918a8ca47b9075908f",
        "HAMMING, 11, 2, 5a8f787e6e986c807d65846b825e73a9849a798d8c7e826c7a6e73755a8f957eb372a77e57886f757b718875787a7b8d7fb470b878a98a7a707e7377806c9871a17d",
        "BICUBIC, 4, 3, 5c7f8c897488877f7e6e6996747c746e826d91917e8f6d856594778c88849b7d8f738587",
        "BICUBIC, 11, 2, 528a7975728f6e7b83647c6e816c76a68e9a878e8d7f876978696d795a958d7cb46ea37d5d8b7374797087757a7b83817db470b57fad937a777c6e7280709776a085",
        "LANCZOS, 4, 3, 587e8a8c788c887c7e6d6895777c736d7d6c8f947d926e856292778d8b859c7c906f8386",
        "LANCZOS, 11, 2, 518a7976728c7179875e7a6c807078a7909a888e8e7d8c667867677c58978b7bb370a37c5e8d7375786e8b717a78857d7bb56fb37fb2947a79786e6b85709b79a185",
    })
    void resultsArePillows(Resampling resampling, int width, int height, String rgb) {
        BufferedImage resized = resampling.resize(pattern(), width, height);

        byte[] bytes = RgbPicture.bytes(resized).clone();
        for (int i = 0; i < bytes.length; i += 3) {
            byte blue = bytes[i];
            bytes[i] = bytes[i + 2];
            bytes[i + 2] = blue;
        }
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(rgb);
    }

    @Test
    void onePixelBecomesAnySize() {
        for (Resampling resampling : Resampling.values()) {
            BufferedImage one = RgbPicture.blank(1, 1);
            one.setRGB(0, 0, 0x102030);
            BufferedImage large = resampling.resize(one, 5, 3);
            assertThat(large.getRGB(4, 2) & 0xffffff).isEqualTo(0x102030);
            BufferedImage back = resampling.resize(large, 1, 1);
            assertThat(back.getRGB(0, 0) & 0xffffff).isEqualTo(0x102030);
        }
    }

    @Test
    void aPictureOfTheSizeIsLeftAsItIs() {
        BufferedImage picture = pattern();

        assertThat(Resampling.BICUBIC.resize(picture, 9, 7)).isSameAs(picture);
    }

    @Test
    void otherFormsOfPicturesAreTakenToo() {
        BufferedImage see = new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB);

        assertThat(Resampling.BOX.resize(see, 1, 1).getRGB(0, 0)).isEqualTo(0xffffffff);
    }

    @Test
    void numbersOfPreprocessorsAreKnown() {
        assertThat(Resampling.ofNumber(2)).contains(Resampling.BILINEAR);
        assertThat(Resampling.ofNumber(3)).contains(Resampling.BICUBIC);
        assertThat(Resampling.ofNumber(6)).isEmpty();
    }

    private static BufferedImage pattern() {
        BufferedImage picture = RgbPicture.blank(9, 7);
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 9; x++) {
                int value = x * 37 + y * 91 + x * y * y;
                int rgb = (value & 255) << 16 | (value + 53 & 255) << 8 | (value + 106 & 255);
                picture.setRGB(x, y, rgb);
            }
        }
        return picture;
    }
}
