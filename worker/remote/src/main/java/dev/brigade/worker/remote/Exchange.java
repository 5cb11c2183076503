package dev.brigade.worker.remote;

import dev.brigade.contract.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, read on the thread that opened it. Closing it before the answer's end
 * closes the connection; after it, the connection serves the next one.
 */
final class Exchange implements AutoCloseable {

    private final ByteFeed feed = new ByteFeed();
    private final CompletableFuture<HttpResponse<ByteFeed>> head;
    private final CallTime time;
    private boolean ended;

    private Exchange(HttpClient http, HttpRequest request, CallTime time) {
        this.time = time;
        this.head = http.sendAsync(request, _ -> feed);
    }

    /** Sends the request, and returns when the head of the answer is there. */
    static Exchange open(HttpClient http, HttpRequest request, CallTime time)
            throws CallFailure, CallCancelled, InterruptedException {
        if (time.cancellation().isCancelled()) {
            throw new CallCancelled();
        }
        Exchange exchange = new Exchange(http, request, time);
        time.cancellation().onCancel(exchange::stop);
        boolean open = false;
        try {
            exchange.awaitHead();
            open = true;
            return exchange;
        } finally {
            if (!open) {
                exchange.stop();
            }
        }
    }

    private void awaitHead() throws CallFailure, CallCancelled, InterruptedException {
        try {
            var _ = head.get(time.patienceNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw time.outOfPatience();
        } catch (CancellationException e) {
            throw new CallCancelled();
        } catch (ExecutionException e) {
            if (time.cancellation().isCancelled()) {
                throw new CallCancelled();
            }
            throw failure(e.getCause());
        }
    }

    private static CallFailure failure(@Nullable Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException _ -> unreachable("does not answer");
            case ConnectException _ -> unreachable("refuses connections or has no known address");
            case SSLException _ -> unreachable("has no TLS that is trusted here");
            case null, default -> CallFailure.broken("closed the connection");
        };
    }

    private static CallFailure unreachable(String what) {
        return new CallFailure(
                CallFailure.Kind.UNREACHABLE, ErrorCode.ENGINE_ERROR, "the model's server " + what);
    }

    int status() {
        return head.join().statusCode();
    }

    HttpHeaders headers() {
        return head.join().headers();
    }

    /**
     * The next bytes; empty at the end.
     *
     * @param patience how long to wait for them
     */
    Optional<List<ByteBuffer>> next(CallTime patience)
            throws CallFailure, CallCancelled, InterruptedException {
        ByteFeed.Item item = feed.next(patience.patienceNanos());
        return switch (item) {
            case null -> throw patience.outOfPatience();
            case ByteFeed.Item.Bytes(List<ByteBuffer> buffers) -> Optional.of(buffers);
            case ByteFeed.Item.End() -> {
                ended = true;
                yield Optional.empty();
            }
            case ByteFeed.Item.Broken() -> {
                if (time.cancellation().isCancelled()) {
                    throw new CallCancelled();
                }
                throw CallFailure.broken("broke its answer off");
            }
            case ByteFeed.Item.Stopped() -> throw new CallCancelled();
        };
    }

    /** The whole body. */
    byte[] whole(int mostBytes) throws CallFailure, CallCancelled, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (true) {
            Optional<List<ByteBuffer>> next = next(time);
            if (next.isEmpty()) {
                return bytes.toByteArray();
            }
            for (ByteBuffer buffer : next.get()) {
                if (bytes.size() + buffer.remaining() > mostBytes) {
                    throw CallFailure.malformed("with more than " + mostBytes + " bytes");
                }
                byte[] piece = new byte[buffer.remaining()];
                buffer.get(piece);
                bytes.writeBytes(piece);
            }
        }
    }

    private void stop() {
        feed.stop();
        var _ = head.cancel(true);
    }

    @Override
    public void close() {
        if (!ended) {
            stop();
        }
    }
}
