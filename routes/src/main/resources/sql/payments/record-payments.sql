-- Records what the gateway answered to pending payments, once; shows each as it is stored.
-- What it has not answered is left to be settled; the event of what was left before goes to the outbox, for the record that asked may be committed by now.
-- "Is not distinct" keeps the index of what is pending out of it, for that may have grown long.
with charged as (
    select distinct on (key) key, outcome, reason
    from unnest(cast(:?undecided_key as uuid[]), cast(:?undecided_outcome as text[]), cast(:?undecided_reason as text[])) as t(key, outcome, reason)
    order by key
), locked as materialized (
    select payment.order_id, charged.outcome, charged.reason
    from charged join payment on payment.order_id = charged.key and payment.order_id = any (array(select key from charged))
    order by payment.order_id for no key update of payment
), recorded as (
    update payment set state = coalesce(locked.outcome, 'PENDING'), reason = locked.reason, decided_at = case when locked.outcome is not null then clock() end,
        left_to_settle = left_to_settle or locked.outcome is null
    from locked
    where payment.order_id = any (array(select order_id from locked)) and payment.order_id = locked.order_id and payment.state is not distinct from 'PENDING'
    returning payment.*
), announced as (
    insert into outbox (event)
    select payment_generated(recorded) from recorded where left_to_settle and state <> 'PENDING' order by order_id
)
select order_id, version, state, currency, amount, method, reason, decided_at from recorded
union all select order_id, version, state, currency, amount, method, reason, decided_at from payment where order_id = any (array(select key from charged)) and state <> 'PENDING'
