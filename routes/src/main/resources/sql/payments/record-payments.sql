-- Records what the gateway answered to pending payments, once; shows every answered payment as it is stored.
-- What it has not answered is left to be settled; the event of what was left before goes to the outbox, for the record that asked may be committed by now.
-- "Is not distinct" keeps the index of what is pending out of it, for that may have grown long.
with input as materialized (
    select cast(:?body as jsonb) as body
), charged as (
    select distinct on (key) key, outcome, reason
    from input, jsonb_to_recordset(body -> 'undecided') as charge(key uuid, outcome text, reason text)
    order by key
), locked as materialized (
    select payment.order_id, charged.outcome, charged.reason
    from charged join payment on payment.order_id = charged.key and payment.order_id = any (array(select key from charged))
    order by payment.order_id for no key update of payment
), recorded as (
    update payment set state = coalesce(locked.outcome, 'PENDING'), reason = locked.reason, decided_at = case when locked.outcome is not null then now() end,
        left_to_settle = left_to_settle or locked.outcome is null
    from locked
    where payment.order_id = any (array(select order_id from locked)) and payment.order_id = locked.order_id and payment.state is not distinct from 'PENDING'
    returning payment.*
), announced as (
    insert into outbox (event)
    select json_build_object('type', 'PaymentGenerated', 'orderId', order_id, 'version', version, 'occurredAt', decided_at,
        'outcome', state, 'currency', currency, 'amount', amount, 'reason', reason)
    from recorded where left_to_settle and state <> 'PENDING' order by order_id
), stored as (
    select order_id, state, as_json(recorded) as payment from recorded
    union all select order_id, state, as_json(p) from payment p where order_id = any (array(select key from charged)) and state <> 'PENDING'
)
select json_build_object(
    'payments', coalesce((select json_agg(payment) from (
        select payment from stored where state in ('CAPTURED', 'DECLINED')
        union all select cast(payment as json) from jsonb_array_elements(body -> 'payments') as payment) as all_payments), '[]'),
    'undecided', coalesce((
        select jsonb_agg(charge) from jsonb_array_elements(body -> 'undecided') as charge where (charge ->> 'key')::uuid not in (select order_id from stored)), '[]'))::text
from input
