-- Which items somebody wishes to be told of: a wish of their own, no fact of a launch. Gone with the
-- person.
create table follow (
  person uuid not null references person (id) on delete cascade,
  -- The stream of the item's launch.
  launch text collate "C" not null,
  item text collate "C" not null,
  -- What happened before is not told; in whole seconds since 1970.
  since bigint not null,
  primary key (person, launch, item)
);
