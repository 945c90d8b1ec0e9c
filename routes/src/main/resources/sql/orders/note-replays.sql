-- Notes what was sent again, parks again what could not be sent, and says how many that were.
with told as (
    select * from jsonb_to_recordset(cast(:?body as jsonb) -> 'told') as told(id uuid, refused text)
), noted as (
    update parked set to_send = false, state = case when refused is null then state else 'PARKED' end, decided_at = case when refused is null then decided_at end,
        trail = trail || json_object('what': case when refused is null then 'SENT' else 'NOT_SENT' end, 'reason': refused, 'at': clock() absent on null returning jsonb)
    from told
    where parked.id = any (array(select told.id from told)) and parked.id = told.id and to_send
    returning 1
)
select json_build_object('most', cast(:?body as jsonb) -> 'most', 'done', (select count(*) from noted))::text
