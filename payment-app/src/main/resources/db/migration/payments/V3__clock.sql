-- What time it is, for whatever this schema or a statement dates or waits for; a test that lets hours pass puts another in its place.
create function clock() returns timestamptz language sql stable parallel safe return now();
alter table payment alter column claimed_at set default clock(), alter column asked_at set default clock();
