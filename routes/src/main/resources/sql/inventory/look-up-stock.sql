-- Shows what is available of everything the undecided orders ask for.
select sku, available from stock where sku = any (cast(:?undecided_lines_sku as text[]))
