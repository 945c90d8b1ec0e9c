-- What is told of a payment that is decided; the same words whoever decides it.
create function payment_generated(p payment) returns json language sql stable return
    json_build_object('type', 'PaymentGenerated', 'orderId', p.order_id, 'version', p.version, 'occurredAt', p.decided_at,
        'outcome', p.state, 'currency', p.currency, 'amount', p.amount, 'reason', p.reason);
