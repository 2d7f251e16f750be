--liquibase formatted sql
--changeset anna:e1
CREATE TABLE e1 (id int);
