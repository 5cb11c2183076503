package dev.brigade.demo.drawing;

import java.util.Locale;

/** What a picture is to be classified as. */
public enum Label {
    TECHNICAL,
    DISCARD;

    /** As models and files write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
