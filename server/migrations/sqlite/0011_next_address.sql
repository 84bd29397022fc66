-- Where somebody wishes to read mail from now on, until whoever reads it has said that it is theirs: so long the
-- address that is known stays in use. Empty where nothing waits.
alter table mail_wish add column next text not null default '';
