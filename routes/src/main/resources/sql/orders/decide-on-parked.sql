-- Decides on a parked record unless that was done before, and shows it then; says whether there is such a record at all.
with wanted as (
    select * from jsonb_to_record(cast(:?body as jsonb)) as wanted(id uuid, state text, "by" text, reason text)
), decided as (
    update parked set state = (select wanted.state from wanted), to_send = (select wanted.state = 'REPLAYED' from wanted), decided_at = clock(),
        trail = trail || (select json_object('what': wanted.state, 'by': "by", 'reason': reason, 'at': clock() absent on null returning jsonb) from wanted)
    where id = (select wanted.id from wanted) and state = 'PARKED'
    returning as_json(parked) as shown
)
select json_build_object('known', exists (select from parked where id = (select wanted.id from wanted)), 'parked', (select shown from decided))::text
