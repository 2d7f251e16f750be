--liquibase formatted sql

--changeset shop:order-totals
CREATE VIEW order_totals AS
SELECT o.id AS order_id, o.customer_id, o.ordered_at, coalesce(sum(l.quantity * l.price), 0) AS total
FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id
GROUP BY o.id;
--rollback DROP VIEW order_totals;

--changeset shop:customer-spend splitStatements:false
CREATE FUNCTION customer_spend(customer bigint, since date) RETURNS numeric LANGUAGE plpgsql STABLE AS $$
DECLARE spent numeric;
BEGIN
  SELECT coalesce(sum(total), 0) INTO spent FROM order_totals WHERE customer_id = customer AND ordered_at >= since;
  RETURN spent;
END $$;
--rollback DROP FUNCTION customer_spend(bigint, date);
