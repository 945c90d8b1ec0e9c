-- Moves each order on if it still is at the version it was judged at, and shows it as it stands then; what has moved meanwhile is left out.
with judged as (
    select * from unnest(cast(:?changes_event_orderId as uuid[]), cast(:?changes_version as bigint[]), cast(:?changes_status as text[]),
        cast(:?changes_paymentStatus as text[]), cast(:?changes_reason as text[])) as t(order_id, version, status, payment_status, reason)
), locked as materialized (
    select orders.id, judged.version, judged.status, judged.payment_status, judged.reason
    from judged join orders on orders.id = judged.order_id and orders.id = any (array(select order_id from judged))
    order by orders.id for no key update of orders
), changed as (
    update orders set status = locked.status, reason = locked.reason, version = orders.version + 1, updated_at = clock(),
        timeline = timeline || json_object('version': orders.version + 1, 'status': locked.status, 'paymentStatus': locked.payment_status,
            'reason': locked.reason, 'at': clock() absent on null returning jsonb)
    from locked
    where orders.id = any (array(select id from locked)) and orders.id = locked.id and orders.version = locked.version
    returning orders.id, customer, currency, total, timeline
)
select * from changed
union all select id, customer, currency, total, timeline from orders where id = any (array(select unnest(cast(:?settled as uuid[]))))
