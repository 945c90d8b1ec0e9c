-- Takes in the opening stock of what inventory has never heard of; the ledger follows the rows really inserted, so a second run receives nothing.
create temporary table catalogue (sku text, name text, currency text, price bigint, stock bigint);
\copy catalogue from '/catalogue.csv' with (format csv, header match)
with received as (
    insert into stock (sku, available)
    select sku, stock from catalogue
    on conflict do nothing
    returning sku, available
)
insert into stock_ledger (sku, kind, delta, reason)
select sku, 'RECEIPT', available, 'opening stock' from received where available > 0;
