-- What is sold, and for how much: price in minor units of the currency. The upper bound keeps the largest order's total within bigint.
create table product (
    sku text primary key check (sku ~ '^[A-Za-z0-9._-]{1,64}$'),
    name text not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    price bigint not null check (price between 0 and 1000000000000),
    active boolean not null default true
);

-- One row is one order: its lines never change once placed, and its timeline is the remembered answer of every step.
create table orders (
    id uuid primary key,
    customer text not null,
    status text not null default 'PENDING' check (status in ('PENDING', 'PAID', 'REJECTED', 'PAYMENT_FAILED')),
    reason text,
    currency text not null,
    total bigint not null check (total >= 0),
    payment_method text not null,
    lines jsonb not null,
    version bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    timeline jsonb not null default jsonb_build_array(jsonb_build_object('version', 1, 'status', 'PENDING', 'at', now()))
) with (fillfactor = 60);

create function as_json(o orders) returns json language sql stable return
    case when o.id is not null then json_build_object('id', o.id, 'customer', o.customer, 'status', o.status, 'reason', o.reason, 'currency', o.currency, 'total', o.total,
        'paymentMethod', o.payment_method, 'lines', o.lines, 'version', o.version, 'createdAt', o.created_at, 'updatedAt', o.updated_at, 'timeline', o.timeline) end;

-- Events that are stored but not published yet; rows are deleted once the broker has them.
create table outbox (
    id bigint generated always as identity primary key,
    event json not null
);
