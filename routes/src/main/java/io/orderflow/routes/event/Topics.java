package io.orderflow.routes.event;

import java.util.List;
import java.util.stream.Stream;

/** The topics of the system; each record's key is the order id. */
public final class Topics {
    /** Order → Inventory ({@code reserve-inventory}). */
    public static final String ORDER_CREATED = "order.created.v1";
    /** Inventory → Payment ({@code take-payment}). */
    public static final String INVENTORY_RESERVED = "inventory.reserved.v1";
    /** Inventory → Order ({@code reject-order}). */
    public static final String INVENTORY_FAILED = "inventory.failed.v1";
    /** Payment → Order ({@code update-order-payment}). */
    public static final String PAYMENT_GENERATED = "payment.generated.v1";
    /** Order → whoever wants to know that an order is paid or declined. */
    public static final String ORDER_PAYMENT_UPDATED = "order.payment.updated.v1";
    /** Order → Inventory ({@code release-inventory}): the only signal to undo. */
    public static final String ORDER_CANCELLED = "order.cancelled.v1";

    /** The steps of the flow that listen to Kafka; each is a consumer group with a {@code .parked} and a {@code .replay} topic of its own. */
    private static final List<String> LISTENERS = List.of("reserve-inventory", "release-inventory", "take-payment", "update-order-payment", "reject-order");
    /** Every listener's {@code .parked} → the parking desk; what it cannot keep itself goes to its own, which nobody hears, itself least of all. */
    private static final String COLLECTOR = "collect-parked";

    private Topics() {
    }

    /** Every topic that must exist before an app starts; topics are never made by accident. */
    public static List<String> all() {
        return Stream.concat(
            Stream.of(ORDER_CREATED, INVENTORY_RESERVED, INVENTORY_FAILED, PAYMENT_GENERATED, ORDER_PAYMENT_UPDATED, ORDER_CANCELLED),
            Stream.concat(LISTENERS.stream(), Stream.of(COLLECTOR)).flatMap(route -> Stream.of(parked(route), replay(route)))).toList();
    }

    /** The routes whose parked records are collected, and can be replayed to. */
    public static List<String> listeners() {
        return LISTENERS;
    }

    /** Where a route puts records that can never succeed; heard by {@code collect-parked}. */
    public static String parked(String route) {
        return route + ".parked";
    }

    /** Where {@code publish-replays} puts records that one route alone is to try again. */
    public static String replay(String route) {
        return route + ".replay";
    }
}
