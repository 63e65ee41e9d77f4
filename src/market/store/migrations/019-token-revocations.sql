-- Directory: since when tokens of a purpose (subject ''), or those of one subject (a customer, a business, a session of the
-- console), must have been made. Moments grow in the order of the COMMITs, because a writer locks the table. No foreign key
-- leads from here: a restored snapshot replaces all tables but this.
create table market.token_revocations (
  purpose text not null check (purpose in ('admin', 'console', 'buyer', 'business')),
  subject text not null,
  generation integer not null,
  valid_from timestamptz(3) not null,
  primary key (purpose, subject)
)
---
-- For what was revoked since the last look, and for the removal of the oldest.
create index token_revocations_newest on market.token_revocations (valid_from)
