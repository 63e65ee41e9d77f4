#!/bin/sh
# A role and a database for the market, and one for the desk. PostgreSQL's image runs it once, on an empty volume.
set -eu
for name in market desk; do
  case $name in
    market) password=$MARKET_DATABASE_PASSWORD ;;
    desk) password=$DESK_DATABASE_PASSWORD ;;
  esac
  psql --username "${POSTGRES_USER:-postgres}" --dbname postgres --set ON_ERROR_STOP=1 --set name="$name" --set password="$password" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name" encoding 'UTF8' template template0;
revoke all on database :"name" from public;
SQL
done
