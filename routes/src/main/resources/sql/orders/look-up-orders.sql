-- Shows the orders that the undecided events are about as they stand.
select json_build_object('orders', coalesce(json_agg(as_json(orders)), '[]'))::text
from orders
where id in (select "orderId" from jsonb_to_recordset(cast(:?body as jsonb) -> 'undecided') as event("orderId" uuid))
