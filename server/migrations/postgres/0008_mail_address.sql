-- Whether the owner of an address has said that it is theirs; only then it is written to. Who was written to
-- before goes on being so.
alter table mail_wish add column confirmed boolean not null default true;
