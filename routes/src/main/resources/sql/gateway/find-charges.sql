-- Shows what became of earlier charges.
select coalesce(json_agg(json_build_object('key', key, 'outcome', outcome, 'reason', reason)), '[]')::text
from charge
where key = any (array(select cast(asked.key as uuid) from jsonb_array_elements_text(cast(:body as jsonb)) as asked(key)))
