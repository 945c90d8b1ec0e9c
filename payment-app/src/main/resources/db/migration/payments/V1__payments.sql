-- One row per order: claimed before the charge, decided after it. CANCELLED is a tombstone: the cancellation came before the charge.
-- asked_at says when the gateway was last asked about a payment without an answer.
create table payment (
    order_id uuid primary key,
    version bigint not null,
    state text not null default 'PENDING' check (state in ('PENDING', 'CAPTURED', 'DECLINED', 'CANCELLED')),
    currency text not null,
    amount bigint not null check (amount >= 0),
    method text not null,
    reason text,
    claimed_at timestamptz not null default now(),
    asked_at timestamptz not null default now(),
    decided_at timestamptz
) with (fillfactor = 70);
create index on payment (asked_at) where state = 'PENDING';

create function as_json(p payment) returns json language sql stable return
    json_build_object('orderId', p.order_id, 'version', p.version, 'state', p.state, 'currency', p.currency, 'amount', p.amount,
        'method', p.method, 'reason', p.reason, 'decidedAt', p.decided_at);

-- Events that are stored but not published yet; rows are deleted once the broker has them.
create table outbox (
    id bigint generated always as identity primary key,
    event json not null
);
