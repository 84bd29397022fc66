-- By whose word somebody signs in without a password: what a provider of OpenID Connect calls them.
-- Gone with their account. The moment is in whole seconds since 1970.
create table identity (
  issuer text collate "C" not null,
  subject text collate "C" not null,
  person uuid not null references account (person) on delete cascade,
  made bigint not null,
  primary key (issuer, subject)
);

create index identity_person on identity (person);
