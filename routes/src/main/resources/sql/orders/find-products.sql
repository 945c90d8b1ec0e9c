-- Shows the products that match, by SKU, and the last of them if there are more.
with found as (
    select product as shown, sku, row_number() over (order by sku) as n
    from product, (select cast(:?body as jsonb) as wanted) as query
    where (wanted ->> 'after' is null or sku > wanted ->> 'after')
        and (wanted ->> 'active' is null or active = cast(wanted ->> 'active' as boolean))
    order by sku
    limit cast(cast(:?body as jsonb) ->> 'limit' as integer) + 1
)
select json_build_object(
    'items', coalesce(json_agg(shown order by n) filter (where n <= page), '[]'),
    'next', case when count(*) > page then (array_agg(sku order by n))[page] end)::text
from (select cast(cast(:?body as jsonb) ->> 'limit' as integer) as page) as size left join found on true
group by page
