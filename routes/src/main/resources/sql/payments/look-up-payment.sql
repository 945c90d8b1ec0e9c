-- Shows the payment of one order; nothing where there is none.
select json_build_object('orderId', order_id, 'state', state, 'currency', currency, 'amount', amount, 'method', method, 'reason', reason,
    'claimedAt', claimed_at, 'decidedAt', decided_at)::text
from payment where order_id = cast(cast(:?body as jsonb) #>> '{}' as uuid)
