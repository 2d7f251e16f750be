--liquibase formatted sql
--changeset anna:sql
CREATE VIEW v AS SELECT * FROM a;
