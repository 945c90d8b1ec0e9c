-- An id begins with the time, so each index also puts what it finds in order of time.
create index on orders (customer, id);
create index on orders (status, id);
create index on orders (split_part(reason, ':', 1), id) where reason is not null;
