-- What routes have put aside, byte for byte, and what was decided about it. Its place on its topic, with the time it was put there, tells
-- whether a record was kept before; a topic that was made anew begins at the same places, but at another time.
create table parked (
    id uuid primary key default uuidv7(),
    route text not null,
    topic text not null,
    place integer not null,
    record bigint not null,
    parked_at timestamptz not null,
    key bytea,
    payload bytea,
    headers json not null,
    cause text,
    message text,
    origin json not null,
    state text not null default 'PARKED' check (state in ('PARKED', 'REPLAYED', 'DISCARDED')),
    decided_at timestamptz,
    to_send boolean not null default false,
    trail jsonb not null default jsonb_build_array(jsonb_build_object('what', 'COLLECTED', 'at', now())),
    unique (topic, place, record, parked_at)
);
create index on parked (route, id) where state = 'PARKED';
create index on parked (decided_at) where state <> 'PARKED';
create index on parked (id) where to_send;

-- A record without its bytes, for lists.
create function as_json(p parked) returns json language sql stable return
    case when p.id is not null then json_build_object('id', p.id, 'route', p.route, 'state', p.state, 'cause', p.cause, 'message', p.message, 'origin', p.origin,
        'parkedAt', p.parked_at, 'decidedAt', p.decided_at) end;
