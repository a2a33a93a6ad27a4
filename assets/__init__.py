"""What exists: one module per table or family of tables, in the order data flow."""
