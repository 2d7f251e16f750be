--liquibase formatted sql

--changeset training:3
create table stock (item bigint primary key, amount integer not null);
