-- What time it is, for whatever this schema or a statement dates or waits for; a test that lets hours pass puts another in its place.
create function clock() returns timestamptz language sql stable parallel safe return now();
alter table stock_ledger alter column at set default clock();
