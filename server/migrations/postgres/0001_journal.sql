-- The journal: all that ever happened, one stream for each launch and one for the workspace.
create table journal (
  -- Compared byte by byte, as in SQLite, whatever the database's language.
  stream text collate "C" not null,
  -- Counts from 1 within the stream, without gaps.
  seq bigint not null check (seq > 0),
  at timestamptz not null,
  command uuid not null,
  -- One line of JSON. Kept as text, to be given back byte for byte.
  payload text not null,
  primary key (stream, seq)
);

-- Finds a command that is sent a second time. Not unique: a command may make several records. The
-- command comes first: ids that start with their time then all go to the end of the index, where
-- one page takes the commands of many streams.
create index journal_command on journal (command, stream);

-- Folded streams, which may be thrown away at any time. They go with the records that they fold.
create table snapshot (
  stream text collate "C" not null,
  seq bigint not null,
  payload bytea not null,
  primary key (stream, seq),
  foreign key (stream, seq) references journal (stream, seq) on delete cascade
);

-- Names stand here only, so that erasing a person leaves the journal whole.
create table person (
  id uuid primary key,
  key text collate "C" not null unique,
  name text not null
);
