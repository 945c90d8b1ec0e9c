package io.orderflow.routes.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes a request's body in once, before anything makes objects of it: above the limit it is answered 413, whether its length was
 * announced or not, and what is not UTF-8 text is answered 400.
 */
class BodyLimit extends OncePerRequestFilter {
    /** In bytes, where nothing else is allowed. */
    static final int LIMIT = 256 * 1024;

    private final Map<String, Integer> allowances;

    BodyLimit(Stream<Allowance> allowances) {
        this.allowances = allowances.collect(Collectors.toMap(Allowance::path, Allowance::bytes));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest) throws ServletException, IOException {
        int limit = allowances.getOrDefault(request.getRequestURI(), LIMIT);
        var length = request.getContentLengthLong();
        // Whoever reads what may be of any length takes many times an order's memory first.
        var body = length > limit ? null : request.getInputStream().readNBytes(length < 0 ? limit + 1 : (int) length);
        if (body == null || body.length > limit)
            Problem.tooLarge(limit).writeTo(response);
        else if (!isText(body))
            Problem.unreadable("The body is not UTF-8 text", List.of()).writeTo(response);
        else
            rest.doFilter(new Read(request, body), response);
    }

    private static boolean isText(byte[] body) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** A request whose body has been read already. */
    private static class Read extends HttpServletRequestWrapper {
        private final byte[] body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new StringReader(new String(body, UTF_8)));
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
                public byte[] readAllBytes() {
                    return bytes.readAllBytes();
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
