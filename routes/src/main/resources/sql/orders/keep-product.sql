-- Keeps a product as told, whether it was there or not, and says which.
insert into product (sku, name, currency, price, active)
select sku, name, currency, price, coalesce(active, true)
from jsonb_to_record(cast(:?body as jsonb)) as told(sku text, name text, currency text, price bigint, active boolean)
on conflict (sku) do update set name = excluded.name, currency = excluded.currency, price = excluded.price, active = excluded.active
returning json_build_object('isNew', old.sku is null, 'product', json_build_object(
    'sku', new.sku, 'name', new.name, 'currency', new.currency, 'price', new.price, 'active', new.active))::text
