-- Moves stock in or out once per id, and never more out than is available; a retry is shown the movement as it was stored.
-- Undecided stays what somebody else stored after this statement began, for it is neither inserted nor seen; and what does not fit, until a second pass
-- says so too: it sees whatever was stored before the first one held the stock, so a movement is not refused for what it has itself taken.
-- What is written comes from the row as it is held: PostgreSQL checks a new row before it finds that the old one is no longer as this statement first saw it.
-- The upper bound keeps available + reserved within what every reader of JSON can count.
with input as materialized (
    select cast(:?body as jsonb) as body
), wanted as (
    select movement.* from input, jsonb_to_record(body -> 'wanted') as movement(sku text, kind text, delta bigint, reason text, id text)
), known as (
    select ledger as movement from wanted join stock_ledger ledger on ledger.sku = wanted.sku and ledger.movement_id = wanted.id
), held as materialized (
    select sku, available, reserved, as_json(stock) as item from stock
    where sku in (select sku from wanted) and not exists (select from known)
    for no key update
), opened as (
    insert into stock (sku, available)
    select sku, delta from wanted where kind = 'RECEIPT' and not exists (select from stock where stock.sku = wanted.sku)
    on conflict do nothing
    returning sku
), fitting as (
    select sku from opened
    union all
    select sku from held join wanted using (sku) where available + delta >= 0 and available + reserved + delta <= 1000000000000000
), stored as (
    insert into stock_ledger (sku, kind, delta, reason, movement_id)
    select sku, kind, delta, reason, id from wanted where exists (select from fitting)
    on conflict do nothing
    returning stock_ledger as movement
), moved as (
    update stock set available = held.available + (movement).delta from stored, held where stock.sku = held.sku
)
select json_build_object(
    'wanted', body -> 'wanted',
    'stored', (select as_json(movement) from (select movement from known union all select movement from stored) as found),
    'isNew', exists (select from stored),
    'stock', (select item from held),
    'decided', exists (select from known) or exists (select from stored)
        or kind = 'ADJUSTMENT' and not exists (select from held)
        or body ->> 'stock' is not null and not exists (select from fitting))::text
from input, wanted
