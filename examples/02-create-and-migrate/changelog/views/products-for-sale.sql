--liquibase formatted sql

--changeset shop:stock-rows
INSERT INTO stock (product_id, pieces) SELECT id, 100 FROM products;
--rollback DELETE FROM stock;

--changeset shop:products-for-sale
CREATE VIEW products_for_sale AS
SELECT p.id, p.name, c.name AS category, p.price FROM products p
JOIN categories c ON c.id = p.category_id JOIN stock s ON s.product_id = p.id
WHERE s.pieces > 0;
--rollback DROP VIEW products_for_sale;
