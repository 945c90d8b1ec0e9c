-- A check of the table would go over the SKU, by a regular expression, at each change of what there is of it; it never changes.
alter table stock drop constraint stock_sku_check;

create function refuse_sku() returns trigger language plpgsql as $$
begin
    raise check_violation using message = format('%L is no SKU: it must be 1 to 64 letters, digits, dots, _ or -', new.sku), table = tg_table_name, column = 'sku';
end $$;

create trigger refuse_sku before insert or update of sku on stock for each row when (new.sku !~ '^[A-Za-z0-9._-]{1,64}$') execute function refuse_sku();
