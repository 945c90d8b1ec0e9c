-- Records what became of payments that had no answer, once, each together with its event; shows each as it is stored.
-- "Is not distinct" keeps the index of what is pending out of it, for that may have grown long.
with charged as (
    select distinct on (key) key, outcome, reason
    from unnest(cast(:?undecided_key as uuid[]), cast(:?undecided_outcome as text[]), cast(:?undecided_reason as text[])) as t(key, outcome, reason)
    order by key
), locked as materialized (
    select payment.order_id, charged.outcome, charged.reason
    from charged join payment on payment.order_id = charged.key and payment.order_id = any (array(select key from charged))
    order by payment.order_id for no key update of payment
), settled as (
    update payment set state = locked.outcome, reason = locked.reason, decided_at = clock()
    from locked
    where payment.order_id = any (array(select order_id from locked)) and payment.order_id = locked.order_id and payment.state is not distinct from 'PENDING'
    returning payment.*
), announced as (
    insert into outbox (event)
    select payment_generated(settled) from settled order by order_id
)
select order_id, version, state, currency, amount, method, reason, decided_at from settled
union all select order_id, version, state, currency, amount, method, reason, decided_at from payment where order_id = any (array(select key from charged)) and state <> 'PENDING'
