-- Shows what is available of everything the undecided orders ask for.
select json_build_object('items', coalesce(json_agg(json_build_object('sku', sku, 'available', available)), '[]'))::text
from stock
where sku = any (array(
    select line ->> 'sku'
    from jsonb_array_elements(cast(:?body as jsonb) -> 'undecided') as placed, jsonb_array_elements(placed -> 'lines') as line))
