-- Claims the payment of each reserved order before anybody is charged, once; shows each as it is stored.
with input as materialized (
    select cast(:?body as jsonb) as body
), reserved as (
    select distinct on (order_id) "orderId" as order_id, version, currency, total, "paymentMethod" as method
    from input, jsonb_to_recordset(body -> 'undecided') as event("orderId" uuid, version bigint, currency text, total bigint, "paymentMethod" text)
    order by order_id
), known as (
    select * from payment where order_id = any (array(select order_id from reserved))
), claimed as (
    insert into payment (order_id, version, currency, amount, method)
    select order_id, version, currency, total, method from reserved
    where order_id not in (select order_id from known)
    order by order_id
    on conflict do nothing
    returning payment.*
), stored as (
    select order_id, as_json(claimed) as payment from claimed
    union all select order_id, as_json(known) from known
)
select json_build_object(
    'payments', coalesce((select json_agg(payment) from (
        select payment from stored
        union all select cast(payment as json) from jsonb_array_elements(body -> 'payments') as payment) as all_payments), '[]'),
    'undecided', coalesce((
        select jsonb_agg(event) from jsonb_array_elements(body -> 'undecided') as event where (event ->> 'orderId')::uuid not in (select order_id from stored)), '[]'))::text
from input
