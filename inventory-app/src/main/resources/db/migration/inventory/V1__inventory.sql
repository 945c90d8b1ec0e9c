-- What there is of each SKU: available to promise, and reserved for orders.
create table stock (
    sku text primary key check (sku ~ '^[A-Za-z0-9._-]{1,64}$'),
    available bigint not null default 0 check (available >= 0),
    reserved bigint not null default 0 check (reserved >= 0)
) with (fillfactor = 50);

-- Everything that ever came in or went out: per SKU its sum is available + reserved.
create table stock_ledger (
    id bigint generated always as identity primary key,
    sku text not null references stock,
    kind text not null check (kind in ('RECEIPT', 'ADJUSTMENT', 'SHIPMENT')),
    delta bigint not null check (delta <> 0),
    reason text,
    at timestamptz not null default now()
);
create index on stock_ledger (sku, id);

-- One row per order: the remembered answer. CANCELLED is a tombstone: the cancellation came before the order.
create table reservation (
    order_id uuid primary key,
    state text not null check (state in ('HELD', 'REFUSED', 'RELEASED', 'CANCELLED')),
    lines jsonb not null,
    short_of jsonb not null,
    decided_at timestamptz not null default now(),
    released_at timestamptz
) with (fillfactor = 80);
