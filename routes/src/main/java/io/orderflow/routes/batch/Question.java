package io.orderflow.routes.batch;

import java.util.List;

/** What is asked of a statement; it knows what it becomes by the rows that are answered. */
public interface Question<R extends Record> {

    Object answered(List<R> rows);
}
