-- Passkeys: keys of phones, browsers and sticks by which somebody signs in. Gone with the account. Moments are
-- whole seconds since 1970.
create table passkey (
  id uuid not null primary key,
  person uuid not null references account (person) on delete cascade,
  -- What whatever holds the key calls it; no two are called the same.
  credential bytea not null unique,
  -- What its owner calls it.
  name text not null,
  -- The public key, and how often the other half was used as far as it counts, as JSON. Nobody signs in by that.
  key text not null,
  made bigint not null,
  -- None before it was used.
  used bigint
);

create index passkey_person on passkey (person, made);
