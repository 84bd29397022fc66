-- By whose word somebody signs in without a password: what a provider of OpenID Connect calls them.
-- Gone with their account. The moment is in whole seconds since 1970.
create table identity (
  issuer text not null,
  subject text not null,
  person blob not null references account (person) on delete cascade,
  made integer not null,
  primary key (issuer, subject)
) strict, without rowid;

create index identity_person on identity (person);
