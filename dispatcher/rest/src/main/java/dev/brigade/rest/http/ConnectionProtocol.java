package dev.brigade.rest.http;

import java.io.IOException;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 that lets a waiting request look at its own socket.
 *
 * <p>Tomcat does not tell a blocking servlet that its client has gone: nobody reads the socket
 * while the servlet works. So the processor leaves its socket in a note of its request, where
 * {@link ConnectionValve} finds it. {@code isReadyForRead} then reads what has arrived, without
 * blocking, into the socket's own buffer, where the next request on the connection will look first:
 * nothing is lost that a client sent ahead. At the end of the stream it throws.
 */
public final class ConnectionProtocol extends Http11NioProtocol {

    /** Tomcat leaves the notes 17 to 31 to others. */
    static final int SOCKET_NOTE = 17;

    @Override
    protected Processor createProcessor() {
        return new NotingProcessor(this, getAdapter());
    }

    private static final class NotingProcessor extends Http11Processor {

        NotingProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
            super(protocol, adapter);
        }

        @Override
        public SocketState service(SocketWrapperBase<?> socket) throws IOException {
            request.setNote(SOCKET_NOTE, new SocketConnection(socket));
            try {
                return super.service(socket);
            } finally {
                // Processors are used again for other connections.
                request.setNote(SOCKET_NOTE, null);
            }
        }
    }

    private record SocketConnection(SocketWrapperBase<?> socket) implements ClientConnection {

        @Override
        public boolean isGone() {
            try {
                boolean _ = socket.isReadyForRead();
                return socket.isClosed();
            } catch (IOException endOfStreamOrReset) {
                return true;
            }
        }
    }
}
