-- Shows what became of earlier charges.
select coalesce(json_agg(json_build_object('key', key, 'outcome', outcome, 'reason', reason) order by key), '[]')::text
from charge
where key in (select cast(key as uuid) from jsonb_array_elements_text(cast(:body as jsonb)) as key)
