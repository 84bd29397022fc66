-- Passkeys: keys of phones, browsers and sticks by which somebody signs in. Gone with the account. Moments are
-- whole seconds since 1970.
create table passkey (
  id blob not null primary key check (length(id) = 16),
  person blob not null references account (person) on delete cascade,
  -- What whatever holds the key calls it; no two are called the same.
  credential blob not null unique,
  -- What its owner calls it.
  name text not null,
  -- The public key, and how often the other half was used as far as it counts, as JSON. Nobody signs in by that.
  key text not null,
  made integer not null,
  -- None before it was used.
  used integer
) strict, without rowid;

create index passkey_person on passkey (person, made);
