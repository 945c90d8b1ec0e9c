-- Reserves every line of each order or none, and remembers which; a replay gets the same answer; an order that the stock has moved under is left out.
-- Locks: stock by SKU, then reservations by order id, the accepted before the refused. Against a tombstone that comes in between, a deadlock is possible
-- and harmless: one of the two is tried again. What is written comes from the rows as they are held: PostgreSQL checks a new row before it finds that the
-- old one is no longer as this statement first saw it, and would refuse what the stock covers by now.
with too_little as (
    select turn, jsonb_agg(sku order by sku collate "C") as short_of
    from unnest(cast(:?judgements_shortOf_n as bigint[]), cast(:?judgements_shortOf as text[])) as t(turn, sku)
    group by turn
), judged as materialized (
    select distinct on (order_id) turn, order_id, short_of, short_of is null as accepted
    from unnest(cast(:?judgements_order_orderId as uuid[])) with ordinality as t(order_id, turn) left join too_little using (turn)
    order by order_id, turn
), known as (
    select order_id, state, short_of, decided_at from reservation where order_id = any (array(select order_id from judged))
), open as (
    select * from judged where order_id not in (select order_id from known)
), wanted as materialized (
    select turn, order_id, accepted, sku, quantity
    from unnest(cast(:?judgements_wanted_n as bigint[]), cast(:?judgements_wanted_sku as text[]), cast(:?judgements_wanted_quantity as bigint[])) as t(turn, sku, quantity)
    join open using (turn)
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
    select order_id, 'HELD', lines, '[]' from covered order by order_id
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
)
select * from given
union all select * from refused
union all select * from known
