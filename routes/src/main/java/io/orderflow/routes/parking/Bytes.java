package io.orderflow.routes.parking;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/** Bytes as they are, and as text where they are UTF-8. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Bytes(String base64, String text) {

    static Bytes of(byte[] bytes) {
        return bytes == null ? null : new Bytes(Base64.getEncoder().encodeToString(bytes), text(bytes));
    }

    private static String text(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
