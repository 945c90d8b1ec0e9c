-- Shows the records that are still to be sent again, oldest first, so many at most.
select json_build_object('most', most, 'replays', coalesce((
    select json_agg(json_build_object('id', id, 'route', route,
        'key', translate(encode(key, 'base64'), chr(10), ''), 'payload', translate(encode(payload, 'base64'), chr(10), '')) order by id)
    from (select * from parked where to_send order by id limit most) as due), '[]'))::text
from (select cast(cast(:?body as jsonb) ->> 'most' as integer) as most) as size
