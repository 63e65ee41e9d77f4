-- Message, chat and event ids. 32 apart, so that each of up to 32 nodes has numbers of its own; no column's default.
create sequence market.ids increment by 32
