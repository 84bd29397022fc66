-- Which items somebody wishes to be told of: a wish of their own, no fact of a launch. Gone with the
-- person.
create table follow (
  person blob not null references person (id) on delete cascade,
  -- The stream of the item's launch.
  launch text not null,
  item text not null,
  -- What happened before is not told; in whole seconds since 1970.
  since integer not null,
  primary key (person, launch, item)
) strict, without rowid;
