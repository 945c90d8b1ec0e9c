-- Prices each order from the product list and places it together with its event, or says why not; no order stands in another's way.
-- The time of an order is the one in its id, so what is sorted by id is sorted by time. What was placed is answered as its event: to write JSON is
-- most of the work here, so it is written once.
-- An order under a key is placed if nobody has used the key yet; who uses it again gets the first answer, and who uses it while another
-- statement places that order is told so, for that answer cannot be seen yet.
with asked as materialized (
    select uuidv7(clock() - now()) as order_id, t.* from unnest(cast(:?customer as text[]), cast(:?currency as text[]), cast(:?paymentMethod as text[]), cast(:?key as text[]),
        cast(:?place as bigint[])) with ordinality as t(customer, currency, payment_method, key, place, n)
), line as (
    select wanted.*, product.name, price, product.sku is null or not active as not_sold, product.currency <> asked.currency as other_currency
    from unnest(cast(:?lines_n as bigint[]), cast(:?lines_sku as text[]), cast(:?lines_quantity as bigint[])) with ordinality as wanted(n, sku, quantity, position)
    join asked using (n) left join product on product.sku = wanted.sku and product.sku = any (cast(:?lines_sku as text[]))
), priced as (
    select n, sum(quantity * price) as total,
           json_agg(json_build_object('sku', sku, 'name', name, 'quantity', quantity, 'unitPrice', price) order by position) as lines,
           coalesce(array_agg(sku) filter (where not_sold), '{}') as not_sold,
           coalesce(array_agg(sku) filter (where other_currency and not not_sold), '{}') as other_currency,
           coalesce(sum(quantity * price) > 1000000000000, false) as too_much
    from line group by n
), judged as materialized (
    select n, order_id, at, key, customer, currency, total, payment_method, priced.lines,
           case when accepted then json_build_object('type', 'OrderCreated', 'orderId', order_id, 'version', 1, 'occurredAt', at,
               'customer', customer, 'currency', currency, 'total', total, 'paymentMethod', payment_method, 'lines', priced.lines) end as event,
           case when not accepted then json_build_object('notSold', not_sold, 'otherCurrency', other_currency, 'tooMuch', too_much) end as refused
    from asked join priced using (n) cross join uuid_extract_timestamp(order_id) as at
    cross join lateral (select not_sold = '{}' and other_currency = '{}' and not too_much as accepted) as verdict
), keyed as materialized (
    select n, key, customer, place, sha256(convert_to(jsonb_build_array(currency, payment_method, lines)::text, 'UTF8')) as request,
           row_number() over (partition by key, customer, place order by n) as turn
    from asked join (select n, jsonb_agg(jsonb_build_object('sku', sku, 'quantity', quantity) order by position) as lines
                     from line where n in (select n from asked where key is not null) group by n) as line using (n)
), known as (
    select * from idempotency_key where key = any (array(select key from keyed))
), claimed as (
    insert into idempotency_key (key, customer, place, request, placed, refused)
    select keyed.key, keyed.customer, place, request, event, refused from keyed join judged using (n)
    where turn = 1 and (keyed.key, keyed.customer, place) not in (select key, customer, place from known)
    order by 1, 2, 3
    on conflict do nothing
    returning *
), told as materialized (
    select n, is_new, key_use, case when answered then placed end as placed, case when answered then refused end as refused
    from (select n, placed, refused, is_new and turn = 1 as is_new,
                 case when answer.key is null then 'IN_FLIGHT' when answer.request <> keyed.request then 'OTHER_REQUEST' when turn > 1 or not is_new then 'REPLAYED' end as key_use
          from keyed left join (select *, true as is_new from claimed union all select *, false from known) as answer using (key, customer, place)) as use
    cross join lateral (select coalesce(key_use, 'REPLAYED') = 'REPLAYED' as answered) as verdict
), placed as (
    insert into orders (id, customer, currency, total, payment_method, lines, created_at, updated_at, timeline)
    select order_id, customer, currency, total, payment_method, lines, at, at,
           jsonb_build_array(jsonb_build_object('version', 1, 'status', 'PENDING', 'at', at))
    from judged where event is not null and (key is null or n in (select n from told where is_new)) order by n
), announced as (
    insert into outbox (event) select event from judged where event is not null and (key is null or n in (select n from told where is_new)) order by n
)
select case when key is null then event else told.placed end as placed, case when key is null then judged.refused else told.refused end as refused, key_use
from judged left join told using (n)
order by n
