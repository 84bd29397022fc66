-- The link of each record: a hash over the one before and the record itself, see store/chain.rs. SQL
-- knows no SHA-256, so the program links what was here before, right after this, and then forbids
-- null.
alter table journal add column link bytea check (octet_length(link) = 32);
