--liquibase formatted sql
--changeset jane:1-nothing
SELECT 1;
