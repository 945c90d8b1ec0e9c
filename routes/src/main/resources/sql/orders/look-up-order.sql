-- Shows one order as it stands; nothing where there is no such order.
select as_json(orders)::text from orders where id = cast(cast(:?body as jsonb) #>> '{}' as uuid)
