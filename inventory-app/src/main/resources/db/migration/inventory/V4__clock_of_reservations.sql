-- On its own, as each table that others write to meanwhile: who locks two of them in one transaction may meet a statement that locks them the other way round.
alter table reservation alter column decided_at set default clock();
