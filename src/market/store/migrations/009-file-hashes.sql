-- Which messages name a stored file: the sweep of the file store asks.
create index messages_files on market.messages (lane, business_id, file_hash) where file_hash is not null
