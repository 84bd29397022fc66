-- How somebody wishes to be written to; nobody is who has not said so. Gone with the person.
create table mail_wish (
  person blob not null primary key references person (id) on delete cascade,
  address text not null,
  -- The tag of a language.
  locale text not null,
  -- A name of the time zone database: days and quiet hours are theirs.
  zone text not null,
  digest integer not null check (digest in (0, 1)),
  notices integer not null check (notices in (0, 1)),
  -- Minutes after midnight; none are quiet when both are the same.
  quiet_from integer not null check (quiet_from between 0 and 1439),
  quiet_until integer not null check (quiet_until between 0 and 1439)
) strict, without rowid;

-- The outbox: what is to be sent, is being sent, was sent or could not be. Moments are whole seconds
-- since 1970.
create table outbox (
  id blob not null primary key check (length(id) = 16),
  person blob not null references person (id) on delete cascade,
  kind text not null,
  -- Whom it is for and what it is about: nothing is put in twice.
  key text not null unique,
  -- What it tells of, a line each: a later mail does not tell it again.
  about text not null,
  subject text not null,
  -- Only as long as it waits: what was sent is not kept.
  body text not null,
  html text not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed')),
  tries integer not null,
  made integer not null,
  -- It is not tried before.
  due integer not null,
  -- When its state changed last.
  changed integer not null,
  -- What the mail server said last.
  answer text not null
) strict, without rowid;

create index outbox_person on outbox (person, made);
create index outbox_waiting on outbox (due) where state = 'waiting';
