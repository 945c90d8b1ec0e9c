package io.orderflow.routes.door;

import static io.orderflow.routes.batch.Json.JSON;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 413 to a body above the limit before anything reads it into objects, whether its length was announced or not. */
class BodyLimit extends OncePerRequestFilter {
    /** In bytes. */
    static final int LIMIT = 256 * 1024;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest) throws ServletException, IOException {
        if (request.getContentLengthLong() > LIMIT)
            refuse(response);
        else if (request.getContentLengthLong() >= 0 || request.getHeader("Transfer-Encoding") == null)
            rest.doFilter(request, response);
        else {
            var body = request.getInputStream().readNBytes(LIMIT + 1);
            if (body.length > LIMIT)
                refuse(response);
            else
                rest.doFilter(new Read(request, body), response);
        }
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        response.setStatus(413);
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(JSON.writeValueAsBytes(Problem.tooLarge(LIMIT)));
    }

    /** A request whose body has been read already. */
    private static class Read extends HttpServletRequestWrapper {
        private final byte[] body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public int getContentLength() {
            return body.length;
        }

        @Override
        public long getContentLengthLong() {
            return body.length;
        }

        @Override
        public ServletInputStream getInputStream() {
            var bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                    return bytes.read(into, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("The body is here already; it is read without waiting");
                }
            };
        }
    }
}
