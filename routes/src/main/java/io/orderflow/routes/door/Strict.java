package io.orderflow.routes.door;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orderflow.routes.door.Problem.Fault;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Message;

/** Turns what a request says into a {@code T}; what is unknown, of another type, or out of bounds is refused with the fields named. */
class Strict<T> {
    /** For JSON as it comes in. */
    static final JsonMapper BODY = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).maxNumberLength(40).maxStringLength(10_000).maxNameLength(200).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build())
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(LogicalType.Textual, text -> text
            .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .build();
    /** For the parameters of a query, which are all text. */
    static final JsonMapper QUERY = JsonMapper.builder().addModule(new JavaTimeModule())
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .withCoercionConfigDefaults(empty -> empty.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)).build();

    private final Class<T> type;
    private final ObjectReader reader;
    private final Validator validator;

    Strict(JsonMapper mapper, Class<T> type, Validator validator) {
        this.type = type;
        this.reader = mapper.readerFor(type);
        this.validator = validator;
    }

    /** A parse of untrusted input. */
    interface Parse<R> {
        R run() throws IOException;
    }

    Class<T> type() {
        return type;
    }

    T read(byte[] json) {
        return checked(refusing(() -> reader.readValue(json)));
    }

    T read(JsonNode json) {
        return checked(refusing(() -> reader.readValue(json)));
    }

    /** The fields that the path gives, beside those of the body or query. */
    static ObjectNode with(JsonNode fields, Message message, String... pathParameters) {
        if (!(fields instanceof ObjectNode object))
            throw new Refusal(Problem.unreadable("The body is not the JSON that is expected here", List.of()));
        for (var name : pathParameters) {
            if (object.has(name))
                throw new Refusal(fault(name, "is not known here; it is in the path"));
            object.put(name, message.getHeader(name, String.class));
        }
        return object;
    }

    static Problem fault(String field, String message) {
        return Problem.unreadable("Some fields are not as they must be", List.of(new Fault(field, message)));
    }

    static <R> R refusing(Parse<R> parse) {
        try {
            return parse.run();
        } catch (UnrecognizedPropertyException e) {
            throw new Refusal(fault(path(e), "is not known here"));
        } catch (JsonMappingException e) {
            if (e.getPath().isEmpty())
                throw new Refusal(Problem.unreadable("The body is not the JSON that is expected here", List.of()));
            throw new Refusal(fault(path(e), e instanceof InvalidFormatException format && format.getTargetType().isEnum()
                ? "must be one of " + Arrays.stream(format.getTargetType().getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "))
                : "cannot be read; it is of another type or out of range"));
        } catch (JsonProcessingException e) {
            throw new Refusal(Problem.unreadable("The body is not valid JSON" + where(e), List.of()));
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory cannot fail to be read", e);
        }
    }

    private T checked(T request) {
        if (request == null)
            throw new Refusal(Problem.unreadable("The body is the JSON null; an object is expected", List.of()));
        var faults = validator.validate(request).stream()
            .map(violation -> new Fault(violation.getPropertyPath().toString().replace(".<list element>", ""), violation.getMessage()))
            .sorted(Comparator.comparing(Fault::field).thenComparing(Fault::message)).toList();
        if (!faults.isEmpty())
            throw new Refusal(Problem.unreadable("Some fields are not as they must be", faults));
        return request;
    }

    private static String where(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null || at.getLineNr() < 1 ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream().map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
            .collect(Collectors.joining()).replaceFirst("^\\.", "");
    }
}
