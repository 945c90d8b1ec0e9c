package io.orderflow.routes.batch;

import static io.orderflow.routes.batch.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Turns lists of records into arrays, as {@code unnest} wants them: {@code undecided_lines_sku} of a batch is the SKU of each line of each of its
 * undecided orders, one after the other, and {@code undecided_lines_n} tells of each of these lines the how manieth order it is of, from 1. A batch
 * may itself be a list: {@code lines_sku}. Whole numbers become {@code Long[]}, truths {@code Boolean[]}, all else {@code String[]}.
 */
class Columns {
    private static final String OWNER = "n";
    private static final ClassValue<Map<String, Method>> COMPONENTS = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(component -> component.getAccessor()).peek(read -> read.setAccessible(true))
                .collect(Collectors.toMap(Method::getName, Function.identity()));
        }
    };

    private Columns() {
    }

    static Object[] column(Object batch, String path) {
        List<?> found = batch instanceof List<?> list ? list : List.of(batch);
        List<Long> owners = List.of();
        for (var step : path.split("_")) {
            if (step.equals(OWNER))
                return owners.toArray(Long[]::new);
            List<Object> next = new ArrayList<>();
            List<Long> nextOwners = new ArrayList<>();
            for (var n = 0; n < found.size(); n++) {
                var value = component(found.get(n), step);
                if (value instanceof List<?> several)
                    next.addAll(several);
                else
                    next.add(value);
                while (nextOwners.size() < next.size())
                    nextOwners.add(n + 1L);
            }
            found = next;
            owners = nextOwners;
        }
        return array(found);
    }

    private static Object component(Object of, String name) {
        var read = COMPONENTS.get(of.getClass()).get(name);
        if (read == null)
            throw new IllegalArgumentException(of.getClass().getSimpleName() + " has no " + name);
        try {
            return read.invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(of.getClass().getSimpleName() + " does not tell its " + name, e);
        }
    }

    private static Object[] array(List<?> values) {
        var some = values.stream().filter(value -> value != null).findFirst().orElse(null);
        if (some instanceof Long || some instanceof Integer)
            return values.stream().map(value -> value == null ? null : ((Number) value).longValue()).toArray(Long[]::new);
        if (some instanceof Boolean)
            return values.toArray(Boolean[]::new);
        return values.stream().map(Columns::text).toArray(String[]::new);
    }

    private static String text(Object value) {
        if (value == null || value instanceof String)
            return (String) value;
        if (value instanceof UUID || value instanceof Enum<?>)
            return value.toString();
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(value.getClass().getSimpleName() + " cannot be written", e);
        }
    }
}
