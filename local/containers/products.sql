-- Puts the products of the catalogue on sale; what is there already is left as it is.
create temporary table catalogue (sku text, name text, currency text, price bigint, stock bigint);
\copy catalogue from '/catalogue.csv' with (format csv, header match)
insert into product (sku, name, currency, price)
select sku, name, currency, price from catalogue
on conflict do nothing;
