--liquibase formatted sql

--changeset shop:order-totals
CREATE VIEW order_totals AS
SELECT o.id AS order_id, o.customer_id, o.pieces * p.price AS total
FROM orders o JOIN products p ON p.id = o.product_id;
--rollback DROP VIEW order_totals;

--changeset shop:customer-spend splitStatements:false
CREATE FUNCTION customer_spend(customer bigint) RETURNS decimal(12,2) READS SQL DATA
RETURN (SELECT coalesce(sum(total), 0) FROM order_totals WHERE customer_id = customer)
--rollback DROP FUNCTION customer_spend;
