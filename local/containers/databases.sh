#!/usr/bin/env bash
# Makes the databases of $DATABASES, once, when the volume is new: each is owned by a role of its own name that sees no other.
set -e

for name in $DATABASES; do
    psql --no-psqlrc --quiet --username postgres --set ON_ERROR_STOP=1 --set name="$name" --set variable="ORDERFLOW_${name^^}_PASSWORD" <<'SQL'
\getenv password :variable
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke connect, temporary on database :"name" from public;
SQL
done

# From now on the superuser comes in from inside the container alone, where nobody is asked for a password.
psql --no-psqlrc --quiet --username postgres --set ON_ERROR_STOP=1 <<'SQL'
revoke connect, temporary on database postgres, template1 from public;
alter role postgres password null;
SQL
