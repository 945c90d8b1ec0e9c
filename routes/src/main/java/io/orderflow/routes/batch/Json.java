package io.orderflow.routes.batch;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.OptBoolean;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orderflow.routes.event.Event;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The one way this system writes and reads JSON between its routes, its statements and its topics. */
public final class Json {
    /** Where the type of an event is known before it is read: what may be of any type is read twice. */
    static final ObjectMapper ONE_TYPE = JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .addHandler(new NoOtherType())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
    public static final ObjectMapper JSON = ONE_TYPE.copy().addMixIn(Event.class, NamedByType.class);

    static {
        JSON.registerSubtypes(concrete(Event.class));
    }

    private Json() {
    }

    private static Class<?>[] concrete(Class<?> sealed) {
        var found = new ArrayList<Class<?>>();
        var open = new ArrayDeque<Class<?>>(List.of(sealed));
        while (!open.isEmpty()) {
            var type = open.pop();
            if (type.isSealed())
                open.addAll(List.of(type.getPermittedSubclasses()));
            else
                found.add(type);
        }
        return found.toArray(Class<?>[]::new);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type", requireTypeIdForSubtypes = OptBoolean.FALSE)
    interface NamedByType {
    }

    /** An event need not say which it is, but must not say that it is another. */
    private static class NoOtherType extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(DeserializationContext context, JsonParser json, JsonDeserializer<?> reader, Object event, String property) throws IOException {
            if (property.equals("type") && Event.class.isAssignableFrom(reader.handledType()) && !reader.handledType().getSimpleName().equals(json.getText()))
                throw context.invalidTypeIdException(context.constructType(reader.handledType()), json.getText(), "this is another event");
            return false;
        }
    }
}
