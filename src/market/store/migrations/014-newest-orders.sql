-- A cabinet's orders are listed newest first. Orders are put once; messages never touch this.
create index orders_newest on market.orders (lane, business_id, created_at desc, order_id desc)
