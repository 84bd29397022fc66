-- Who may sign in, and by what: kept beside the journal, and gone with the person. Moments are whole
-- seconds since 1970.
create table account (
  person uuid not null primary key references person (id) on delete cascade,
  -- What they sign in with, in small letters.
  login text collate "C" not null unique,
  -- Argon2id in its usual form; none until they choose one.
  password text,
  standing text not null,
  made bigint not null
);

-- Sessions, one-time links and API tokens: only the hash of a secret is kept, so that reading this
-- table lets nobody in.
create table secret (
  hash bytea not null primary key check (length(hash) = 32),
  id uuid not null unique,
  kind text not null,
  person uuid references person (id) on delete cascade,
  -- What people know it by: a browser, the name of a token.
  note text not null,
  made bigint not null,
  seen bigint not null,
  ends bigint not null
);

create index secret_person on secret (person, kind);
