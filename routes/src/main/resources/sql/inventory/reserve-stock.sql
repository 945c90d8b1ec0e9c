-- Reserves every line of each order or none, and remembers which; a replay gets the same answer; an order that the stock has moved under stays undecided.
-- Locks: stock by SKU, then reservations by order id, the accepted before the refused. Against a tombstone that comes in between, a deadlock is possible
-- and harmless: one of the two is tried again. What is written comes from the rows as they are held: PostgreSQL checks a new row before it finds that the
-- old one is no longer as this statement first saw it, and would refuse what the stock covers by now.
with input as materialized (
    select cast(:?body as jsonb) as body
), judged as (
    select distinct on (order_id) n as turn, (judgement -> 'order' ->> 'orderId')::uuid as order_id, judgement -> 'order' as placed,
           judgement -> 'shortOf' as short_of, judgement -> 'shortOf' = '[]' as accepted
    from input, jsonb_array_elements(body -> 'judgements') with ordinality as t(judgement, n)
    order by order_id, turn
), known as (
    select * from reservation where order_id = any (array(select order_id from judged))
), open as (
    select * from judged where order_id not in (select order_id from known)
), wanted as (
    select turn, order_id, accepted, line ->> 'sku' as sku, sum(cast(line ->> 'quantity' as bigint)) as quantity
    from open, jsonb_array_elements(placed -> 'lines') as line
    group by 1, 2, 3, 4
), held as materialized (
    select sku, available, reserved from stock where sku = any (array(select sku from wanted)) order by sku for no key update
), asked as (
    select wanted.*, coalesce(available, 0) as available,
           sum(quantity) filter (where accepted) over (partition by sku order by turn) as asked_so_far
    from wanted left join held using (sku)
), covered as (
    select order_id, jsonb_agg(jsonb_build_object('sku', sku, 'quantity', quantity) order by sku) as lines
    from asked where accepted group by order_id having bool_and(asked_so_far <= available)
), given as (
    insert into reservation (order_id, state, lines, short_of)
    select order_id, 'HELD', lines, '[]' from open join covered using (order_id) order by order_id
    on conflict do nothing
    returning order_id, state, short_of, decided_at
), left_over as materialized (
    select sku, available - sum(quantity) as available, reserved + sum(quantity) as reserved
    from wanted join held using (sku) where order_id in (select order_id from given)
    group by sku, available, reserved
), taken as (
    update stock set available = left_over.available, reserved = left_over.reserved
    from left_over where stock.sku = any (array(select sku from left_over)) and stock.sku = left_over.sku
), short as (
    select order_id
    from (select *, coalesce(sum(quantity) filter (where order_id in (select order_id from given)) over (partition by sku order by turn), 0) as given_so_far
          from asked where sku = any (array(select sku from wanted where not accepted))) as line
    where not accepted and quantity > available - given_so_far
    group by order_id
), refused as (
    insert into reservation (order_id, state, lines, short_of)
    select order_id, 'REFUSED', '[]', short_of from open join short using (order_id) order by order_id
    on conflict do nothing
    returning order_id, state, short_of, decided_at
), answered as (
    select * from given
    union all select * from refused
    union all select order_id, state, short_of, decided_at from known
)
select json_build_object(
    'answers', coalesce((select json_agg(answer) from (
        select case when state in ('HELD', 'RELEASED')
            then json_build_object('type', 'InventoryReserved', 'orderId', order_id, 'version', placed -> 'version', 'occurredAt', decided_at,
                'currency', placed -> 'currency', 'total', placed -> 'total', 'paymentMethod', placed -> 'paymentMethod')
            else json_build_object('type', 'InventoryFailed', 'orderId', order_id, 'version', placed -> 'version', 'occurredAt', decided_at,
                'reason', case state when 'REFUSED' then 'OUT_OF_STOCK' else 'ORDER_CANCELLED' end, 'shortOf', answered.short_of) end as answer
        from answered join judged using (order_id)
        union all select cast(answer as json) from jsonb_array_elements(body -> 'answers') as answer) as all_answers), '[]'),
    'undecided', coalesce((
        select jsonb_agg(placed order by turn) from judged where order_id not in (select order_id from answered)), '[]'))::text
from input
