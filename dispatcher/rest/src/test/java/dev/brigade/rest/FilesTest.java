package dev.brigade.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.core.http.HttpResponse;
import com.openai.errors.NotFoundException;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FileListParams;
import com.openai.models.files.FileObject;
import com.openai.models.files.FilePurpose;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilesTest {

    private static final String PATH = "/v1/files";

    private Path folder;
    private TestServer server;
    private OpenAIClient openai;

    @BeforeAll
    void start(@TempDir Path payloads) {
        folder = payloads;
        server =
                new TestServer("brigade.payloads=" + folder, "brigade.rest.files.max-file=2MB")
                        .connected();
        openai = server.openai();
    }

    @AfterAll
    void stop() {
        openai.close();
        server.close();
    }

    @BeforeEach
    void deleteAll() {
        openai.files().list().data().forEach(file -> openai.files().delete(file.id()));
    }

    @Test
    void theOfficialClientUploadsReadsListsAndDeletes() throws IOException {
        FileObject file =
                openai.files()
                        .create(
                                FileCreateParams.builder()
                                        .file("one\ntwo\n".getBytes(UTF_8))
                                        .purpose(FilePurpose.BATCH)
                                        .build());
        assertThat(file.bytes()).isEqualTo(8);
        assertThat(file.expiresAt()).isEmpty();
        assertThat(openai.files().retrieve(file.id())).isEqualTo(file);
        try (HttpResponse content = openai.files().content(file.id())) {
            assertThat(content.body().readAllBytes()).isEqualTo("one\ntwo\n".getBytes(UTF_8));
        }
        assertThat(openai.files().list().data()).containsExactly(file);
        assertThat(openai.files().delete(file.id()).deleted()).isTrue();
        assertThat(openai.files().list().data()).isEmpty();
        NotFoundException gone =
                catchThrowableOfType(
                        NotFoundException.class, () -> openai.files().retrieve(file.id()));
        assertThat(gone.code()).contains("file_not_found");
    }

    @Test
    void aFileHasOpenAisFields() {
        java.net.http.HttpResponse<String> response =
                server.postForm(PATH, form("vision", "ä.png", new byte[3]));
        JsonNode file = TestServer.json(response);
        assertThat(response.body())
                .isEqualTo(
                        """
                        {"id":"%s","object":"file","bytes":3,"created_at":%d,"filename":"ä.png",\
                        "purpose":"vision","status":"processed"}\
                        """
                                .formatted(
                                        file.get("id").stringValue(),
                                        server.clock.instant().getEpochSecond()));
        java.net.http.HttpResponse<String> content =
                server.get(PATH + "/" + file.get("id").stringValue() + "/content");
        assertThat(content.headers().firstValue("content-type"))
                .contains("application/octet-stream");
        assertThat(content.headers().firstValue("content-disposition").orElseThrow())
                .startsWith("attachment");
    }

    @Test
    void pagesFollowEachOther() {
        List<String> ids = Stream.of("batch", "vision", "batch").map(this::upload).toList();
        JsonNode first = TestServer.json(server.get(PATH + "?limit=2"));
        assertThat(idsIn(first)).containsExactly(ids.get(2), ids.get(1));
        assertThat(first.get("has_more").booleanValue()).isTrue();
        assertThat(first.get("last_id").stringValue()).isEqualTo(ids.get(1));
        JsonNode second = TestServer.json(server.get(PATH + "?limit=2&after=" + ids.get(1)));
        assertThat(idsIn(second)).containsExactly(ids.get(0));
        assertThat(second.get("has_more").booleanValue()).isFalse();
        assertThat(idsIn(TestServer.json(server.get(PATH + "?order=asc&purpose=batch"))))
                .containsExactly(ids.get(0), ids.get(2));
        assertThat(
                        openai
                                .files()
                                .list(FileListParams.builder().limit(1).build())
                                .autoPager()
                                .stream())
                .hasSize(3);
        for (String query : List.of("limit=0", "limit=x", "order=up", "after=nothing")) {
            assertThat(server.get(PATH + "?" + query).statusCode()).as(query).isEqualTo(400);
        }
    }

    @Test
    void aFileIsGoneWhenItsTimeIsOver() {
        Form form =
                form("batch", "a", new byte[1])
                        .text("expires_after[anchor]", "created_at")
                        .text("expires_after[seconds]", "3600");
        JsonNode file = TestServer.json(server.postForm(PATH, form));
        long created = file.get("created_at").longValue();
        assertThat(file.get("expires_at").longValue()).isEqualTo(created + 3600);
        String path = PATH + "/" + file.get("id").stringValue();
        server.clock.pass(Duration.ofSeconds(3599));
        assertThat(server.get(path).statusCode()).isEqualTo(200);
        server.clock.pass(Duration.ofSeconds(1));
        assertThat(server.get(path).statusCode()).isEqualTo(404);
        assertThat(server.get(path + "/content").statusCode()).isEqualTo(404);
        assertThat(idsIn(TestServer.json(server.get(PATH)))).isEmpty();
    }

    static Stream<Arguments> badForms() {
        Form good = new Form().text("purpose", "batch");
        return Stream.of(
                Arguments.of(good, 400, "file"),
                Arguments.of(new Form().file("file", "a", null, new byte[1]), 400, "purpose"),
                Arguments.of(form("batch_output", "a", new byte[1]), 400, "purpose"),
                Arguments.of(
                        form("batch", "a", new byte[1]).file("file", "b", null, new byte[1]),
                        400,
                        "file"),
                Arguments.of(form("batch", "a", new byte[1]).text("x", "y"), 400, "x"),
                Arguments.of(
                        form("batch", "a", new byte[1]).text("expires_after[seconds]", "3600"),
                        400,
                        "expires_after[anchor]"),
                Arguments.of(
                        form("batch", "a", new byte[1])
                                .text("expires_after[anchor]", "created_at")
                                .text("expires_after[seconds]", "60"),
                        400,
                        "expires_after[seconds]"),
                Arguments.of(form("batch", "a", new byte[(2 << 20) + 1]), 413, "file"));
    }

    @ParameterizedTest
    @MethodSource("badForms")
    void aBadFormIsRefusedByTheNameOfItsField(Form form, int status, String param) {
        java.net.http.HttpResponse<String> response = server.postForm(PATH, form);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(TestServer.json(response).at("/error/param").stringValue()).isEqualTo(param);
        assertThat(idsIn(TestServer.json(server.get(PATH)))).isEmpty();
    }

    /** What lies in the store while the sender holds the rest back is not held in memory. */
    @Test
    void aFileGoesToTheStoreWhileItIsReceived() throws IOException {
        int size = 8 << 20;
        String head =
                """
                --b\r
                Content-Disposition: form-data; name="purpose"\r
                \r
                batch\r
                --b\r
                Content-Disposition: form-data; name="file"; filename="a"\r
                \r
                """;
        String tail = "\r\n--b--\r\n";
        String request =
                """
                POST /v1/files HTTP/1.1\r
                Host: x\r
                Connection: close\r
                Content-Type: multipart/form-data; boundary=b\r
                Content-Length: %d\r
                \r
                """
                        .formatted(head.length() + size + tail.length());
        byte[] some = new byte[64 << 10];
        try (TestServer large =
                        new TestServer(
                                        "brigade.payloads=" + folder,
                                        "brigade.rest.files.max-file=8MB")
                                .connected();
                Socket socket = new Socket("127.0.0.1", large.port())) {
            OutputStream out = socket.getOutputStream();
            out.write((request + head).getBytes(UTF_8));
            for (int sent = 0; sent < size; sent += some.length) {
                out.write(some);
                if (sent == size / 2) {
                    long least = sent - (256 << 10);
                    Awaitility.await().until(() -> largestFile() >= least);
                }
            }
            out.write(tail.getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"bytes\":" + size);
        }
    }

    private long largestFile() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.mapToLong(one -> one.toFile().length()).max().orElse(0);
        }
    }

    @Test
    void onlyFormsAreTaken() {
        assertThat(server.post(PATH, "{}").statusCode()).isEqualTo(415);
    }

    @Test
    void withoutAStoreTheCallerIsToldSo() {
        try (TestServer without = new TestServer().connected()) {
            var response = without.postForm(PATH, form("batch", "a", new byte[1]));
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(TestServer.json(response).at("/error/code").stringValue())
                    .isEqualTo("payload_store_missing");
        }
    }

    private String upload(String purpose) {
        server.clock.pass(Duration.ofSeconds(1));
        return TestServer.json(server.postForm(PATH, form(purpose, "a", new byte[1])))
                .get("id")
                .stringValue();
    }

    private static List<String> idsIn(JsonNode page) {
        return page.get("data").valueStream().map(file -> file.get("id").stringValue()).toList();
    }

    private static Form form(String purpose, String name, byte[] content) {
        return new Form().text("purpose", purpose).file("file", name, null, content);
    }
}
