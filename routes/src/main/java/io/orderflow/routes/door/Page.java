package io.orderflow.routes.door;

/** Part of a list. */
public interface Page {
    /** How many items where nothing is said. */
    int USUAL = 50;
    /** How many items at most. */
    int LARGEST = 500;

    /** Where the list goes on: from a statement the last item's key, in an answer a link; null at the end. */
    String next();

    /** The same page, going on there. */
    Page next(String link);
}
