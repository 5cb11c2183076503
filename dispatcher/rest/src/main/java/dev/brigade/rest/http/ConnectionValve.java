package dev.brigade.rest.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Hands a request its {@link ClientConnection}. */
final class ConnectionValve extends ValveBase {

    static final String ATTRIBUTE = ClientConnection.class.getName();

    ConnectionValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Object connection = request.getCoyoteRequest().getNote(ConnectionProtocol.SOCKET_NOTE);
        if (connection != null) {
            request.setAttribute(ATTRIBUTE, connection);
        }
        getNext().invoke(request, response);
    }
}
