-- Shows one parked record with its bytes and all that was done about it; nothing where there is no such record.
select json_build_object('record', as_json(parked), 'key', translate(encode(key, 'base64'), chr(10), ''), 'payload', translate(encode(payload, 'base64'), chr(10), ''),
    'headers', headers, 'trail', trail)::text
from parked where id = cast(cast(:?body as jsonb) #>> '{}' as uuid)
