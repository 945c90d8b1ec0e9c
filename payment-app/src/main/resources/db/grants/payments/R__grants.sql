-- What the role that serves may do with what the owner of the database has made: read and write rows. Read again when this text changes or the role does.
do $$
begin
    if current_user <> '${app}' then
        revoke all on schema public from public;
        grant usage on schema public to "${app}";
        revoke all on all tables in schema public from "${app}";
        grant select, insert, update, delete on all tables in schema public to "${app}";
        revoke insert, update, delete on flyway_schema_history from "${app}";
        alter default privileges in schema public grant select, insert, update, delete on tables to "${app}";
    end if;
end $$;
