-- Shows where the orders stand that the undecided events are about.
select json_build_object('orders', coalesce(json_agg(json_build_object('id', id, 'status', status, 'version', version)), '[]'))::text
from orders
where id = any (array(select "orderId" from jsonb_to_recordset(cast(:?body as jsonb) -> 'undecided') as event("orderId" uuid)))
