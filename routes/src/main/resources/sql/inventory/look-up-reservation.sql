-- Shows what stock said to one order; nothing where it has not been asked.
select json_build_object('orderId', order_id, 'state', state, 'lines', lines, 'shortOf', short_of, 'decidedAt', decided_at, 'releasedAt', released_at)::text
from reservation where order_id = cast(cast(:?body as jsonb) #>> '{}' as uuid)
