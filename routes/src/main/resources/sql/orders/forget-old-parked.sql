-- Forgets the records that were decided on long enough ago, no more than so many, and tells how many. What somebody else holds is left for the next time.
with wanted as (
    select * from jsonb_to_record(cast(:?body as jsonb)) as wanted(seconds bigint, most integer)
), old as (
    select ctid from parked
    where state <> 'PARKED' and not to_send and decided_at < (select clock() - make_interval(secs => seconds) from wanted)
    order by decided_at limit (select most from wanted)
    for update skip locked
), forgotten as (
    delete from parked where ctid = any (array(select ctid from old)) returning 1
)
select json_build_object('seconds', seconds, 'most', most, 'forgotten', (select count(*) from forgotten))::text from wanted
