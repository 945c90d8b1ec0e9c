-- Shows the movements of a SKU, newest first, and the place of the last of them if there are more; nothing where there is no such SKU.
-- Asked and ordered by SKU and place together: else a SKU that moved much, and long ago, is looked for from the newest movement of all.
with found as (
    select stock_ledger as shown, id, row_number() over (order by sku desc, id desc) as n
    from stock_ledger, (select cast(:?body as jsonb) as wanted) as query
    where (sku, id) >= (wanted ->> 'sku', 0) and (sku, id) < (wanted ->> 'sku', coalesce(cast(wanted ->> 'after' as bigint), 9223372036854775807))
    order by sku desc, id desc
    limit cast(cast(:?body as jsonb) ->> 'limit' as integer) + 1
)
select json_build_object(
    'items', coalesce(json_agg(as_json(shown) order by n) filter (where n <= page), '[]'),
    'next', case when count(*) > page then (array_agg(id order by n))[page]::text end)::text
from (select cast(cast(:?body as jsonb) ->> 'limit' as integer) as page from stock where sku = cast(:?body as jsonb) ->> 'sku') as size left join found on true
group by page
