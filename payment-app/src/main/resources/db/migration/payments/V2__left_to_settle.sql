-- A payment that a batch has left to be settled, for its charge had no answer: nobody will hear of its order again, so whoever decides it, also a
-- straggler that was charging at the same time, leaves the event in the outbox.
alter table payment add column left_to_settle boolean not null default false;
