-- Shows how much there is of one SKU; nothing where there is no such SKU.
select as_json(stock)::text from stock where sku = cast(:?body as jsonb) #>> '{}'
