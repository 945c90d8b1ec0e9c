-- Picks payments that nobody has asked about for so many milliseconds, the longest waiting first, and puts them back at the end of the queue.
with picked as (
    select order_id from payment
    where state = 'PENDING' and asked_at <= clock() - make_interval(secs => cast(cast(:?body as jsonb) #>> '{}' as double precision) / 1000)
    order by asked_at limit 500
    for no key update skip locked
), asked as (
    update payment set asked_at = clock() where order_id in (select order_id from picked) and state = 'PENDING'
    returning payment.*
)
select json_build_object('undecided', json_build_array(), 'payments', coalesce(json_agg(as_json(asked)), '[]'))::text from asked
