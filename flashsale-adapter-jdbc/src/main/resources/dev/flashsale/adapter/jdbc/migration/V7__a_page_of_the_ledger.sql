-- A product's rows in the order in which they were entered: the primary key is part of every index.
create index flashsale_stock_ledger_by_product on flashsale_stock_ledger (product_id);
