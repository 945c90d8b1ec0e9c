package io.orderflow.routes.batch;

import static io.orderflow.routes.batch.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads rows as records of one type: the column {@code order_id} is its component {@code orderId}. What is neither text, number, time nor id is read as JSON. */
class Rows {
    private final Constructor<?> record;
    private final Column[] columns;

    private record Column(String name, Class<?> type, JavaType json) {
    }

    Rows(Class<?> type) {
        var components = type.getRecordComponents();
        try {
            record = type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type + " is not a record", e);
        }
        record.setAccessible(true);
        columns = Arrays.stream(components).map(component -> new Column(component.getName().replaceAll("[A-Z]", "_$0").toLowerCase(), component.getType(),
            JSON.constructType(component.getGenericType()))).toArray(Column[]::new);
    }

    List<Object> read(List<Map<String, Object>> rows) {
        return rows.stream().map(this::read).toList();
    }

    private Object read(Map<String, Object> row) {
        var values = new Object[columns.length];
        for (var n = 0; n < columns.length; n++) {
            var value = row.get(columns[n].name());
            if (value == null && !row.containsKey(columns[n].name()))
                throw new IllegalStateException("The statement answers no column " + columns[n].name() + " for " + record.getDeclaringClass().getSimpleName());
            values[n] = value == null ? null : read(value, columns[n]);
        }
        try {
            return record.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A row makes no " + record.getDeclaringClass().getSimpleName() + ": " + row, e);
        }
    }

    private static Object read(Object value, Column column) {
        if (column.type() == String.class)
            return value.toString();
        if (column.type() == UUID.class || column.type() == long.class)
            return value;
        if (column.type() == Instant.class)
            return ((Timestamp) value).toInstant();
        try {
            return column.type().isEnum() ? JSON.convertValue(value, column.json()) : JSON.readValue(value.toString(), column.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The column " + column.name() + " cannot be read", e);
        }
    }
}
