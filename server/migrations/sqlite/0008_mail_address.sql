-- Whether the owner of an address has said that it is theirs; only then it is written to. Who was written to
-- before goes on being so.
alter table mail_wish add column confirmed integer not null default 1 check (confirmed in (0, 1));

-- Where a mail goes that belongs to an address, whatever its reader wishes later: what asks about it, and what
-- tells of changes to the account. Empty for what goes where its reader wishes.
alter table outbox add column address text not null default '';
