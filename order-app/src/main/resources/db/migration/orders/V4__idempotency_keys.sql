-- What the first request under a key was answered, for whoever asks again: the order as it was placed, or why it was not.
-- Place is the order's place in a batch; 0 where it came alone. Request is a hash of what was asked.
create table idempotency_key (
    key text not null,
    customer text not null,
    place integer not null,
    request bytea not null,
    placed json,
    refused json,
    kept_at timestamptz not null default now(),
    primary key (key, customer, place)
);
create index on idempotency_key (kept_at);
