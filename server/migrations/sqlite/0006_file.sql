-- Contents of files that were handed in as evidence. The journal says what they are called and what their
-- sum is; it never holds what is in them. What it mentions stays here.
create table file (
  -- The stream whose journal mentions it.
  launch text not null,
  -- SHA-256 of the content, in hexadecimal digits.
  sha256 text not null check (length(sha256) = 64),
  media text not null,
  -- When it was put in last, in whole seconds since 1970: what nothing mentions goes a while after.
  made integer not null,
  size integer not null check (size = length(content)),
  -- The last column: the others are read without it.
  content blob not null,
  primary key (launch, sha256)
) strict;
