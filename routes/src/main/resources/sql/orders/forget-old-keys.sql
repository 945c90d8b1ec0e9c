-- Forgets the oldest keys that were kept long enough, no more than so many, and tells how many. What somebody else holds is left for the next time.
with wanted as (
    select * from jsonb_to_record(cast(:?body as jsonb)) as wanted(seconds bigint, most integer)
), old as (
    select ctid from idempotency_key
    where kept_at < (select clock() - make_interval(secs => seconds) from wanted)
    order by kept_at limit (select most from wanted)
    for update skip locked
), forgotten as (
    delete from idempotency_key where ctid = any (array(select ctid from old)) returning 1
)
select json_build_object('seconds', seconds, 'most', most, 'forgotten', (select count(*) from forgotten))::text from wanted
