-- Decides on what a route has parked, for one cause or any, the oldest first and no more than so many; a dry run only says how many there are.
with wanted as (
    select * from jsonb_to_record(cast(:?body as jsonb)) as wanted(route text, cause text, "dryRun" boolean, state text, "by" text, reason text, most integer)
), found as materialized (
    select id from parked
    where state = 'PARKED' and route = (select wanted.route from wanted)
        and ((select wanted.cause from wanted) is null or (select wanted.cause from wanted) in (cause, split_part(cause, '.', -1)))
), locked as materialized (
    select id from parked
    where id = any (array(select id from found order by id limit (select case when "dryRun" then 0 else most end from wanted))) and state = 'PARKED'
    order by id for no key update skip locked
), decided as (
    update parked set state = (select wanted.state from wanted), to_send = (select wanted.state = 'REPLAYED' from wanted), decided_at = clock(),
        trail = trail || (select json_object('what': wanted.state, 'by': "by", 'reason': reason, 'at': clock() absent on null returning jsonb) from wanted)
    where id = any (array(select id from locked))
    returning 1
)
select json_build_object('found', (select count(*) from found), 'decided', (select count(*) from decided), 'dryRun', "dryRun")::text from wanted
