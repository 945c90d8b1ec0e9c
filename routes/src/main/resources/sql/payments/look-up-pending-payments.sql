-- Shows the payments that have waited for an answer for longer than so many milliseconds, the oldest first.
select json_build_object('undecided', json_build_array(), 'payments', coalesce(json_agg(as_json(p)), '[]'))::text
from (
    select * from payment
    where state = 'PENDING' and claimed_at <= now() - make_interval(secs => cast(cast(:?body as jsonb) #>> '{}' as double precision) / 1000)
    order by claimed_at limit 500) as p
