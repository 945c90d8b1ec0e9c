-- What time it is, for whatever this schema or a statement dates or waits for; a test that lets hours pass puts another in its place.
create function clock() returns timestamptz language sql stable parallel safe return now();
alter table orders alter column created_at set default clock(), alter column updated_at set default clock(),
    alter column timeline set default jsonb_build_array(jsonb_build_object('version', 1, 'status', 'PENDING', 'at', clock()));
alter table idempotency_key alter column kept_at set default clock();
alter table parked alter column id set default uuidv7(clock() - now()),
    alter column trail set default jsonb_build_array(jsonb_build_object('what', 'COLLECTED', 'at', clock()));
