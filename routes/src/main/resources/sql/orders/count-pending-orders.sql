-- Counts the orders of the last so many seconds that are still on their way. An id begins with the time.
select to_json(count(*))::text from orders
where status = 'PENDING' and id > (select uuidv7(clock() - now() - make_interval(secs => cast(cast(:?body as jsonb) #>> '{}' as double precision))))
