package dev.brigade.rest;

import org.junit.jupiter.api.BeforeEach;

/**
 * Tests that ask one server with the usual settings. All of them share it, one after the other; it
 * forgets between them, and ends with their process.
 */
abstract class ServerTest {

    static final TestServer server = new TestServer().connected();

    @BeforeEach
    final void forgetWhatOthersDid() {
        server.client.forget();
    }
}
