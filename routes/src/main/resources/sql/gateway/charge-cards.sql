-- Charges each card once per key and answers what is known; the method tells how a charge goes wrong.
with asked as (
    select * from jsonb_to_recordset(cast(:body as jsonb)) as charge(key uuid, currency text, amount bigint, method text)
), tried as (
    insert into attempt (key)
    select key from asked where method in ('pm_card_timeout_before', 'pm_card_error') order by key
    on conflict (key) do update set attempts = attempt.attempts + 1
    returning key, attempts
), charged as (
    insert into charge (key, currency, amount, method, outcome, reason)
    select key, currency, amount, method,
           case when method in ('pm_card_ok', 'pm_card_timeout_before', 'pm_card_timeout_after', 'pm_card_error') then 'CAPTURED' else 'DECLINED' end,
           case when method in ('pm_card_ok', 'pm_card_timeout_before', 'pm_card_timeout_after', 'pm_card_error') then null
                when method = 'pm_card_declined' then 'card_declined' else 'unknown_payment_method' end
    from asked
    where key not in (select key from tried where attempts = 1)
    order by key
    on conflict do nothing
    returning key, method, outcome, reason
), known as (
    select key, outcome, reason from charged where method <> 'pm_card_timeout_after'
    union all select key, outcome, reason from charge where key = any (array(select key from asked))
)
select coalesce(json_agg(json_build_object('key', key, 'outcome', outcome, 'reason', reason) order by key), '[]')::text from known
