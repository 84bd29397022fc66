-- The link of each record: a hash over the one before and the record itself, see store/chain.rs. SQL
-- knows no SHA-256, so the program links what was here before, right after this. SQLite cannot forbid
-- null in a column that comes later; the program takes a null for damage once all was linked.
alter table journal add column link blob check (length(link) = 32);
