package io.orderflow.local.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * One customer's connection, kept alive, with one request at a time. It stands on HttpComponents Core alone: a full client takes more of the
 * processor for a request than the system under load.
 */
class Caller implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final int port;
    private final String authorization;
    private DefaultBHttpClientConnection connection;

    Caller(int port, String authorization) {
        this.port = port;
        this.authorization = authorization;
    }

    /** @param body never null, but may be empty */
    record Reply(int status, byte[] body) {
    }

    Reply get(String path) throws IOException {
        return send(new BasicClassicHttpRequest("GET", path));
    }

    Reply post(String path, byte[] json) throws IOException {
        BasicClassicHttpRequest request = new BasicClassicHttpRequest("POST", path);
        request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
        request.addHeader("Content-Type", "application/json");
        request.addHeader("Content-Length", Integer.toString(json.length));
        return send(request);
    }

    private Reply send(BasicClassicHttpRequest request) throws IOException {
        request.addHeader("Host", "127.0.0.1");
        request.addHeader("Authorization", authorization);
        try {
            DefaultBHttpClientConnection open = open();
            open.sendRequestHeader(request);
            if (request.getEntity() != null) {
                open.sendRequestEntity(request);
            }
            open.flush();
            ClassicHttpResponse response = open.receiveResponseHeader();
            open.receiveResponseEntity(response);
            byte[] body = response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
            if (response.containsHeader("Connection") && response.getFirstHeader("Connection").getValue().equalsIgnoreCase("close")) {
                close();
            }
            return new Reply(response.getCode(), body);
        } catch (HttpException e) {
            close();
            throw new IOException(e);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private DefaultBHttpClientConnection open() throws IOException {
        if (connection == null) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            connection = new DefaultBHttpClientConnection(Http1Config.DEFAULT);
            connection.bind(socket);
        }
        return connection;
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException alreadyGone) {
                // the next request opens another
            }
            connection = null;
        }
    }
}
