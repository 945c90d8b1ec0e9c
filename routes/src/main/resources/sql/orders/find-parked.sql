-- Shows the parked records that match, newest first, without their bytes, and the last of them if there are more.
with found as (
    select parked as shown, id, row_number() over (order by id desc) as n
    from parked, (select cast(:?body as jsonb) as wanted) as query
    where id < cast(wanted ->> 'after' as uuid)
        and (wanted ->> 'route' is null or route = wanted ->> 'route')
        and (wanted ->> 'cause' is null or wanted ->> 'cause' in (cause, split_part(cause, '.', -1)))
        and (wanted ->> 'state' is null or state = wanted ->> 'state')
    order by id desc
    limit cast(cast(:?body as jsonb) ->> 'limit' as integer) + 1
)
select json_build_object(
    'items', coalesce(json_agg(as_json(shown) order by n) filter (where n <= page), '[]'),
    'next', case when count(*) > page then (array_agg(id order by n))[page] end)::text
from (select cast(cast(:?body as jsonb) ->> 'limit' as integer) as page) as size left join found on true
group by page
