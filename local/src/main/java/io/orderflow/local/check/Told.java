package io.orderflow.local.check;

import java.util.UUID;

/** An event about an order as a topic told it first, and the other events about the same order on that topic behind it. */
class Told {
    final UUID event;
    final long version;
    /** Of key, value, headers and partition. */
    final long words;
    final Long amount;
    final String where;
    Told next;
    /** Of the first alone: what is known of the order. */
    boolean expected;
    boolean answered;

    Told(UUID event, long version, long words, Long amount, String where) {
        this.event = event;
        this.version = version;
        this.words = words;
        this.amount = amount;
        this.where = where;
    }

    Told find(UUID id) {
        for (Told told = this; told != null; told = told.next) {
            if (told.event.equals(id)) {
                return told;
            }
        }
        return null;
    }

    Told last() {
        Told last = this;
        while (last.next != null) {
            last = last.next;
        }
        return last;
    }
}
