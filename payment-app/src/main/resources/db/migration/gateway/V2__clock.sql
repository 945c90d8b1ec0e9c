-- What time it is, for whatever this schema or a statement dates or waits for; a test that lets hours pass puts another in its place.
create function clock() returns timestamptz language sql stable parallel safe return now();
alter table charge alter column at set default clock();
