-- The simulated provider's own ledger: at most one charge per key, for ever.
create table charge (
    key uuid primary key,
    currency text not null,
    amount bigint not null check (amount >= 0),
    method text not null,
    outcome text not null check (outcome in ('CAPTURED', 'DECLINED')),
    reason text,
    at timestamptz not null default now()
);

-- How often a charge was tried that is to go wrong at first.
create table attempt (
    key uuid primary key,
    attempts integer not null default 1
);
