package dev.brigade.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** A form as browsers and curl write it. */
final class Form {

    private static final String BOUNDARY = "----boundary7MA4YWxkTrZu0gW";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Form text(String name, String value) {
        return part("name=\"" + name + "\"", null, value.getBytes(UTF_8));
    }

    Form file(String name, String file, @Nullable String type, byte[] content) {
        return part("name=\"%s\"; filename=\"%s\"".formatted(name, file), type, content);
    }

    Form part(String disposition, @Nullable String type, byte[] content) {
        write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n");
        if (type != null) {
            write("Content-Type: " + type + "\r\n");
        }
        write("\r\n");
        bytes.writeBytes(content);
        write("\r\n");
        return this;
    }

    private void write(String text) {
        bytes.writeBytes(text.getBytes(UTF_8));
    }

    String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    /** The whole form. */
    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(bytes.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
        return whole.toByteArray();
    }

    /** The form without its end. */
    byte[] brokenOff() {
        return bytes.toByteArray();
    }
}
