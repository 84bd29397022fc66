-- How somebody wishes to be written to; nobody is who has not said so. Gone with the person.
create table mail_wish (
  person uuid not null primary key references person (id) on delete cascade,
  address text not null,
  -- The tag of a language.
  locale text not null,
  -- A name of the time zone database: days and quiet hours are theirs.
  zone text not null,
  digest boolean not null,
  notices boolean not null,
  -- Minutes after midnight; none are quiet when both are the same.
  quiet_from bigint not null check (quiet_from between 0 and 1439),
  quiet_until bigint not null check (quiet_until between 0 and 1439)
);

-- The outbox: what is to be sent, is being sent, was sent or could not be. Moments are whole seconds
-- since 1970.
create table outbox (
  id uuid not null primary key,
  person uuid not null references person (id) on delete cascade,
  kind text not null,
  -- Whom it is for and what it is about: nothing is put in twice.
  key text collate "C" not null unique,
  -- What it tells of, a line each: a later mail does not tell it again.
  about text not null,
  subject text not null,
  -- Only as long as it waits: what was sent is not kept.
  body text not null,
  html text not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed')),
  tries bigint not null,
  made bigint not null,
  -- It is not tried before.
  due bigint not null,
  -- When its state changed last.
  changed bigint not null,
  -- What the mail server said last.
  answer text not null
);

create index outbox_person on outbox (person, made);
create index outbox_waiting on outbox (due) where state = 'waiting';
