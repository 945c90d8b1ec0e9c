package io.orderflow.routes.door;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.orderflow.routes.door.Problem.Fault;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.Header;

/** Reads the JSON body of a request, strictly: what is unknown, of another type, or out of bounds is answered 400 with the fields named. */
public class Request<T> {
    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
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

    private final ObjectReader reader;
    private final Validator validator;

    public Request(Class<T> type, Validator validator) {
        this.reader = STRICT.readerFor(type);
        this.validator = validator;
    }

    @Handler
    public T read(Exchange exchange) throws IOException {
        var body = exchange.getMessage().getBody(byte[].class);
        if (body == null || body.length == 0)
            throw new Refusal(Problem.unreadable("The body is empty; JSON is expected", List.of()));
        T request = parse(body);
        if (request == null)
            throw new Refusal(Problem.unreadable("The body is the JSON null; an object is expected", List.of()));
        var faults = validator.validate(request).stream()
            .map(violation -> new Fault(violation.getPropertyPath().toString().replace(".<list element>", ""), violation.getMessage()))
            .sorted(Comparator.comparing(Fault::field).thenComparing(Fault::message)).toList();
        if (!faults.isEmpty())
            throw new Refusal(Problem.unreadable("Some fields are not as they must be", faults));
        return request;
    }

    /** The order id of the path; anything that is no id at all names no order. */
    public static UUID id(@Header("id") String id) {
        try {
            if (id != null && id.length() == 36)
                return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            // falls through to the same answer as an id that nobody has
        }
        throw new Refusal(Problem.notFound("There is no order with this id"));
    }

    private T parse(byte[] body) throws IOException {
        try {
            return reader.readValue(body);
        } catch (UnrecognizedPropertyException e) {
            throw new Refusal(Problem.unreadable("Some fields are not as they must be", List.of(new Fault(path(e), "is not known here"))));
        } catch (JsonMappingException e) {
            if (e.getPath().isEmpty())
                throw new Refusal(Problem.unreadable("The body is not the JSON that is expected here", List.of()));
            throw new Refusal(Problem.unreadable("Some fields are not as they must be", List.of(new Fault(path(e), "cannot be read; it is of another type or out of range"))));
        } catch (JsonProcessingException e) {
            throw new Refusal(Problem.unreadable("The body is not valid JSON" + where(e), List.of()));
        }
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
