-- Keeps what was parked, each record once however often it comes, and says how many were new.
with kept as (
    insert into parked (route, topic, place, record, parked_at, key, payload, headers, cause, message, origin)
    select route, topic, place, record, "parkedAt", decode(key, 'base64'), decode(payload, 'base64'), headers, cause, message, origin
    from jsonb_to_recordset(cast(:?body as jsonb)) as found(route text, topic text, place integer, record bigint, "parkedAt" timestamptz, key text, payload text,
        headers json, cause text, message text, origin json)
    order by topic, place, record
    on conflict do nothing
    returning 1
)
select count(*)::text from kept
