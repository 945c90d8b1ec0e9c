-- Prices each order from the product list and places it together with its event, or says why not; no order stands in another's way.
-- The time of an order is the one in its id, so what is sorted by id is sorted by time. What was placed is answered as its event: to write JSON is
-- most of the work here, so it is written once.
with asked as materialized (
    select uuidv7() as order_id, t.* from rows from (jsonb_to_recordset(cast(:?body as jsonb))
        as (customer text, currency text, "paymentMethod" text, lines jsonb)) with ordinality as t(customer, currency, payment_method, lines, n)
), line as (
    select asked.n, position, line.sku, product.name, quantity, price,
           product.sku is null or not product.active as not_sold, product.currency <> asked.currency as other_currency
    from asked
    cross join rows from (jsonb_to_recordset(asked.lines) as (sku text, quantity bigint)) with ordinality as line(sku, quantity, position)
    left join product on product.sku = line.sku and product.sku = any (array(select item ->> 'sku' from asked, jsonb_array_elements(lines) as item))
), priced as (
    select n, sum(quantity * price) as total,
           json_agg(json_build_object('sku', sku, 'name', name, 'quantity', quantity, 'unitPrice', price) order by position) as lines,
           coalesce(array_agg(sku) filter (where not_sold), '{}') as not_sold,
           coalesce(array_agg(sku) filter (where other_currency and not not_sold), '{}') as other_currency,
           coalesce(sum(quantity * price) > 1000000000000, false) as too_much
    from line group by n
), judged as materialized (
    select n, order_id, at, customer, currency, total, payment_method, priced.lines, not_sold, other_currency, too_much,
           case when not_sold = '{}' and other_currency = '{}' and not too_much
               then json_build_object('type', 'OrderCreated', 'orderId', order_id, 'version', 1, 'occurredAt', at,
                   'customer', customer, 'currency', currency, 'total', total, 'paymentMethod', payment_method, 'lines', priced.lines) end as event
    from asked join priced using (n) cross join uuid_extract_timestamp(order_id) as at
), placed as (
    insert into orders (id, customer, currency, total, payment_method, lines, created_at, updated_at, timeline)
    select order_id, customer, currency, total, payment_method, lines, at, at,
           jsonb_build_array(jsonb_build_object('version', 1, 'status', 'PENDING', 'at', at))
    from judged where event is not null order by n
), announced as (
    insert into outbox (event) select event from judged where event is not null order by n
)
select json_build_object('placements', json_agg(
    case when event is not null then json_build_object('placed', event)
        else json_build_object('refused', json_build_object('notSold', not_sold, 'otherCurrency', other_currency, 'tooMuch', too_much)) end order by n))::text
from judged
