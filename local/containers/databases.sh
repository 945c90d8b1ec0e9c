#!/usr/bin/env bash
# Makes the databases of $DATABASES, once, when the volume is new: each is owned by a role of its own name, and served by another that its owner
# allows to read and write rows; neither sees another database.
set -e

for name in $DATABASES; do
    variable="ORDERFLOW_${name^^}"
    psql --no-psqlrc --quiet --username postgres --set ON_ERROR_STOP=1 --set name="$name" --set app="${name}_app" \
        --set variable="${variable}_PASSWORD" --set owner_variable="${variable}_OWNER_PASSWORD" <<'SQL'
\getenv password :variable
\getenv owner_password :owner_variable
create role :"name" login password :'owner_password';
create role :"app" login password :'password';
create database :"name" owner :"name";
revoke connect, temporary on database :"name" from public;
grant connect on database :"name" to :"app";
grant :"app" to :"name";
SQL
done

# From now on the superuser comes in from inside the container alone, where nobody is asked for a password.
psql --no-psqlrc --quiet --username postgres --set ON_ERROR_STOP=1 <<'SQL'
revoke connect, temporary on database postgres, template1 from public;
alter role postgres password null;
SQL
