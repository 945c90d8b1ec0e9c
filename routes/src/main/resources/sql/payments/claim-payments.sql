-- Claims the payment of each reserved order before anybody is charged, once; shows each as it is stored.
with reserved as (
    select distinct on (order_id) *
    from unnest(cast(:?undecided_orderId as uuid[]), cast(:?undecided_version as bigint[]), cast(:?undecided_currency as text[]), cast(:?undecided_total as bigint[]),
        cast(:?undecided_paymentMethod as text[])) as t(order_id, version, currency, total, method)
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
)
select order_id, version, state, currency, amount, method, reason, decided_at from claimed
union all select order_id, version, state, currency, amount, method, reason, decided_at from known
