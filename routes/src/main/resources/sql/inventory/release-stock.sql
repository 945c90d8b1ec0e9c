-- Gives back what each cancelled order holds, once; an order not seen yet leaves a tombstone, so that it never gets anything. Shows whose cancellation is done.
with cancelled as (
    select distinct order_id from unnest(cast(:?undecided_orderId as uuid[])) as t(order_id)
), seen as (
    select order_id, state, lines from reservation where order_id = any (array(select order_id from cancelled))
), held as materialized (
    select sku from stock
    where sku = any (array(select line ->> 'sku' from seen, jsonb_array_elements(lines) as line where state = 'HELD'))
    order by sku for no key update
), locked as materialized (
    select r.order_id from reservation r
    where r.order_id = any (array(select order_id from seen where state = 'HELD')) and (select count(*) from held) >= 0
    order by r.order_id for no key update
), released as (
    update reservation r set state = 'RELEASED', released_at = clock()
    from locked where r.order_id = any (array(select order_id from locked)) and r.order_id = locked.order_id and r.state = 'HELD'
    returning r.order_id, r.lines
), given_back as (
    update stock set available = available + t.quantity, reserved = reserved - t.quantity
    from (select sku, sum(quantity) as quantity from released, jsonb_to_recordset(lines) as line(sku text, quantity bigint) group by sku) as t
    where stock.sku = any (array(select line ->> 'sku' from released, jsonb_array_elements(lines) as line)) and stock.sku = t.sku
), entombed as (
    insert into reservation (order_id, state, lines, short_of)
    select order_id, 'CANCELLED', '[]', '[]' from cancelled
    where order_id not in (select order_id from seen) and (select count(*) from locked) >= 0
    order by order_id
    on conflict do nothing
    returning order_id
)
select order_id from released
union all select order_id from entombed
union all select order_id from seen where state <> 'HELD'
