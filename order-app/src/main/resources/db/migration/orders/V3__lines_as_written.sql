-- Nothing looks into an order's lines; as text they are read and written without being taken apart.
drop function as_json(orders);
alter table orders alter column lines type json using lines::json;
create function as_json(o orders) returns json language sql stable return
    case when o.id is not null then json_build_object('id', o.id, 'customer', o.customer, 'status', o.status, 'reason', o.reason, 'currency', o.currency, 'total', o.total,
        'paymentMethod', o.payment_method, 'lines', o.lines, 'version', o.version, 'createdAt', o.created_at, 'updatedAt', o.updated_at, 'timeline', o.timeline) end;
