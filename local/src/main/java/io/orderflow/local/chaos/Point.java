package io.orderflow.local.chaos;

import static io.orderflow.local.Service.INVENTORY;
import static io.orderflow.local.Service.ORDER;
import static io.orderflow.local.Service.PAYMENT;
import static io.orderflow.local.chaos.FailPoint.Moment.AFTER;
import static io.orderflow.local.chaos.FailPoint.Moment.BEFORE;
import static io.orderflow.local.chaos.FailPoint.Moment.DRAINING;

import io.orderflow.local.Service;
import io.orderflow.local.chaos.FailPoint.Moment;
import java.util.Locale;

/** Where an app dies: between two things that ought to happen both, and cannot happen at once. The nodes are named as the routes have them. */
enum Point {
    ORDERS_READ_NOT_STORED(ORDER, BEFORE, "place-orders"),
    ORDERS_STORED_NOT_ANSWERED(ORDER, AFTER, "place-orders"),
    ORDERS_STORED_NOT_PUBLISHED(ORDER, BEFORE, "publish-order-created"),
    ORDERS_PUBLISHED_NOT_DELETED(ORDER, AFTER, "publish-order-created"),
    PAID_WRITTEN_NOT_PUBLISHED(ORDER, AFTER, "change-orders-paid"),
    CANCELLED_PUBLISHED_UPDATED_NOT(ORDER, AFTER, "publish-order-cancelled"),
    PAID_PUBLISHED_NOT_COMMITTED(ORDER, BEFORE, "commit-payments-generated"),
    REJECTED_WRITTEN_NOT_COMMITTED(ORDER, AFTER, "change-orders-short"),
    ORDER_WHILE_DRAINING(ORDER, DRAINING, "commit-payments-generated"),

    STOCK_JUDGED_NOT_RESERVED(INVENTORY, BEFORE, "reserve-stock"),
    STOCK_RESERVED_NOT_PUBLISHED(INVENTORY, AFTER, "reserve-stock"),
    RESERVED_PUBLISHED_FAILED_NOT(INVENTORY, AFTER, "publish-inventory-reserved"),
    RESERVED_PUBLISHED_NOT_COMMITTED(INVENTORY, BEFORE, "commit-orders-created"),
    RELEASED_NOT_COMMITTED(INVENTORY, AFTER, "release-stock"),
    INVENTORY_WHILE_DRAINING(INVENTORY, DRAINING, "commit-orders-created"),

    CLAIMED_NOT_CHARGED(PAYMENT, BEFORE, "charge-the-cards"),
    CHARGED_NOT_RECORDED(PAYMENT, AFTER, "charge-the-cards"),
    RECORDED_NOT_PUBLISHED(PAYMENT, AFTER, "record-payments"),
    PAYMENT_PUBLISHED_NOT_COMMITTED(PAYMENT, BEFORE, "commit-inventory-reserved"),
    LATE_PAYMENT_ASKED_NOT_SETTLED(PAYMENT, BEFORE, "settle-payments"),
    LATE_PAYMENT_PUBLISHED_NOT_DELETED(PAYMENT, AFTER, "publish-settled-payment"),
    PAYMENT_WHILE_DRAINING(PAYMENT, DRAINING, "commit-inventory-reserved");

    final Service service;
    private final Moment moment;
    private final String node;

    Point(Service service, Moment moment, String node) {
        this.service = service;
        this.moment = moment;
        this.node = node;
    }

    String[] options(int pass) {
        return FailPoint.options(node, moment, pass);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + " (" + moment.toString().toLowerCase(Locale.ROOT) + " " + node + ")";
    }
}
