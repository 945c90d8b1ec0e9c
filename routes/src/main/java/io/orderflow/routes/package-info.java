/**
 * The score: every step of an order's life is one class here, and the apps play them.
 *
 * <ol>
 *   <li>{@code PlaceOrder} takes a request in, {@code StoreOrders} prices and stores all that came in together, each with its
 *       event in the outbox; {@code PublishOrders} sends {@code order.created.v1}.
 *   <li>{@code ReserveInventory} sets every line of an order aside, or none: {@code inventory.reserved.v1} or
 *       {@code inventory.failed.v1}.
 *   <li>{@code RejectOrder} ends an order that fell short.
 *   <li>{@code TakePayment} charges a reserved order: {@code payment.generated.v1}. {@code SettlePendingPayments} finds out what
 *       became of a charge without an answer, and {@code PublishPayments} tells.
 *   <li>{@code UpdateOrderPayment} makes the order paid, or failed: {@code order.payment.updated.v1}, and for a failed one
 *       {@code order.cancelled.v1}, the one signal to undo.
 *   <li>{@code ReleaseInventory} gives the stock of a cancelled order back.
 *   <li>{@code FindOrder} shows an order with everything that happened to it.
 * </ol>
 *
 * <p>Beside the flow stands what a shop needs to live: {@code PlaceOrderBatch}, {@code FindOrders}, {@code KeepProduct} and what finds
 * products; {@code ReceiveStock}, {@code AdjustStock} and what finds stock, its movements and reservations; {@code FindPayment}. What can be
 * asked by HTTP is listed in {@code OrderApi}, {@code InventoryApi} and {@code PaymentApi}.
 *
 * <p>What a step can never use ends at the parking desk: {@code CollectParked} keeps it, an operator looks at it and decides
 * ({@code ParkingApi}), {@code PublishReplays} sends what is to be tried again to the step that parked it.
 *
 * <p>Every step that listens to Kafka has the same beats: receive a batch, read, look up, judge, write, publish, park, commit. Each
 * may happen twice and has its effect once: the business row is the remembered answer.
 */
package io.orderflow.routes;
