-- Moves each order on if it still is at the version it was judged at, and shows it as it stands then; what has moved meanwhile stays undecided.
with input as materialized (
    select cast(:?body as jsonb) as body
), judged as (
    select (event ->> 'orderId')::uuid as order_id, change.*
    from input, jsonb_to_recordset(body -> 'changes') as change(event jsonb, version bigint, status text, "paymentStatus" text, reason text)
), locked as materialized (
    select orders.id, judged.version, judged.status, judged."paymentStatus", judged.reason
    from judged join orders on orders.id = judged.order_id and orders.id = any (array(select order_id from judged))
    order by orders.id for no key update of orders
), changed as (
    update orders set status = locked.status, reason = locked.reason, version = orders.version + 1, updated_at = now(),
        timeline = timeline || jsonb_strip_nulls(jsonb_build_object('version', orders.version + 1, 'status', locked.status,
            'paymentStatus', locked."paymentStatus", 'reason', locked.reason, 'at', now()))
    from locked
    where orders.id = any (array(select id from locked)) and orders.id = locked.id and orders.version = locked.version
    returning orders.id, customer, currency, total, timeline
), settled as (
    select * from changed
    union all select id, customer, currency, total, timeline from orders where id = any (array(
        select cast(settled as uuid) from input, jsonb_array_elements_text(body -> 'settled') as settled))
)
select json_build_object(
    'settled', coalesce((select json_agg(json_build_object('id', id, 'customer', customer, 'currency', currency, 'total', total, 'timeline', timeline)) from settled), '[]'),
    'undecided', body -> 'waiting' || coalesce((select jsonb_agg(event) from judged where order_id not in (select id from changed)), '[]'))::text
from input
