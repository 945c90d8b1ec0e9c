-- Shows the orders that match, newest first, and the last of them if there are more. Each plan is made for the values given, so it uses the index that fits.
with found as (
    select orders as shown, id, row_number() over (order by id desc) as n
    from orders, (select cast(:?body as jsonb) as wanted) as query
    where id >= cast(wanted ->> 'from' as uuid) and id < cast(wanted ->> 'to' as uuid) and id < cast(wanted ->> 'after' as uuid)
        and (wanted ->> 'customer' is null or customer = wanted ->> 'customer')
        and (wanted ->> 'status' is null or status = wanted ->> 'status')
        and (wanted ->> 'reason' is null or split_part(reason, ':', 1) = wanted ->> 'reason')
    order by id desc
    limit cast(cast(:?body as jsonb) ->> 'limit' as integer) + 1
)
select json_build_object(
    'items', coalesce(json_agg(as_json(shown) order by n) filter (where n <= page), '[]'),
    'next', case when count(*) > page then (array_agg(id order by n))[page] end)::text
from (select cast(cast(:?body as jsonb) ->> 'limit' as integer) as page) as size left join found on true
group by page
