-- The second factor of those who asked for one: codes of an app, as RFC 6238 has them. Gone with the
-- account. The moment is in whole seconds since 1970.
create table factor (
  person blob not null primary key references account (person) on delete cascade,
  -- What app and server share. Codes are computed from it, so that no hash would do; none once an
  -- administrator took the factor away.
  secret blob check (length(secret) = 20),
  state text not null check (state in ('begun', 'on', 'taken')),
  -- The last period whose code was accepted: none is accepted twice.
  step integer not null,
  -- When its state changed last.
  changed integer not null,
  check ((secret is null) = (state = 'taken'))
) strict, without rowid;
