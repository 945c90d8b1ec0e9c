-- What time it is, for whatever this schema or a statement dates or waits for; a test that lets hours pass puts another in its place.
create function clock() returns timestamptz language sql stable parallel safe return now();
alter table orders alter column created_at set default clock(), alter column updated_at set default clock(),
    alter column timeline set default jsonb_build_array(jsonb_build_object('version', 1, 'status', 'PENDING', 'at', clock()));
