-- The journal: all that ever happened, one stream for each launch and one for the workspace.
-- Without a rowid the table is its own primary key, so that reading a stream reads neighbours.
create table journal (
  stream text not null,
  -- Counts from 1 within the stream, without gaps.
  seq integer not null check (seq > 0),
  -- RFC 3339 in UTC with six decimals, always: string order is time order.
  at text not null check (length(at) = 27),
  command blob not null check (length(command) = 16),
  -- One line of JSON. Kept as text, to be given back byte for byte.
  payload text not null,
  primary key (stream, seq)
) strict, without rowid;

-- Finds a command that is sent a second time. Not unique: a command may make several records. The
-- command comes first: ids that start with their time then all go to the end of the index, where
-- one page takes the commands of many streams.
create index journal_command on journal (command, stream);

-- Folded streams, which may be thrown away at any time. They go with the records that they fold.
create table snapshot (
  stream text not null,
  seq integer not null,
  payload blob not null,
  primary key (stream, seq),
  foreign key (stream, seq) references journal (stream, seq) on delete cascade
) strict, without rowid;

-- Names stand here only, so that erasing a person leaves the journal whole.
create table person (
  id blob not null primary key check (length(id) = 16),
  key text not null unique,
  name text not null
) strict, without rowid;
