-- Shows one product; nothing where there is no such product.
select to_json(product)::text from product where sku = cast(:?body as jsonb) #>> '{}'
