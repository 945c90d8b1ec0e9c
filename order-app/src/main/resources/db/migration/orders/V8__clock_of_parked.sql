alter table parked alter column id set default uuidv7(clock() - now()),
    alter column trail set default jsonb_build_array(jsonb_build_object('what', 'COLLECTED', 'at', clock()));
