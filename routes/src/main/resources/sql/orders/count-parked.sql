-- Counts by route what is parked and not decided on.
select coalesce(json_object_agg(route, parked), '{}')::text from (select route, count(*) as parked from parked where state = 'PARKED' group by route) as counts
