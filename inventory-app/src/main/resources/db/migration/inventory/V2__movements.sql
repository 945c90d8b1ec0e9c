-- What its sender calls a movement; a second one of the same id is the same one told again. What was not sent by anybody has none.
alter table stock_ledger add column movement_id text check (movement_id ~ '^[A-Za-z0-9._-]{1,64}$');
create unique index on stock_ledger (sku, movement_id) where movement_id is not null;

-- More could not be told from less by a reader whose numbers are doubles.
alter table stock add check (available + reserved <= 1000000000000000);

create function as_json(s stock) returns json language sql stable return
    json_build_object('sku', s.sku, 'onHand', s.available + s.reserved, 'reserved', s.reserved, 'available', s.available);

create function as_json(l stock_ledger) returns json language sql stable return
    json_build_object('sku', l.sku, 'kind', l.kind, 'delta', l.delta, 'reason', l.reason, 'id', l.movement_id, 'at', l.at);
