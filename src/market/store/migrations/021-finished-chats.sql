-- What becomes of a shop's message to a finished chat: it is refused, or it opens the chat again. Businesses that are there
-- already refuse too.
alter table market.businesses add column finished_chats text not null default 'refuse' check (finished_chats in ('refuse', 'reopen'))
