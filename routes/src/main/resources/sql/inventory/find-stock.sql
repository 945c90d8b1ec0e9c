-- Shows how much there is of everything, by SKU, and the last of it if there is more.
with found as (
    select stock as shown, sku, row_number() over (order by sku) as n
    from stock, (select cast(:?body as jsonb) as wanted) as query
    where wanted ->> 'after' is null or sku > wanted ->> 'after'
    order by sku
    limit cast(cast(:?body as jsonb) ->> 'limit' as integer) + 1
)
select json_build_object(
    'items', coalesce(json_agg(as_json(shown) order by n) filter (where n <= page), '[]'),
    'next', case when count(*) > page then (array_agg(sku order by n))[page] end)::text
from (select cast(cast(:?body as jsonb) ->> 'limit' as integer) as page) as size left join found on true
group by page
