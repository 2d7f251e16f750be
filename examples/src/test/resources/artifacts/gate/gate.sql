--liquibase formatted sql

--changeset jane:1-gate
CREATE TABLE gate (opened integer);

--changeset jane:2-wait splitStatements:false
DO $$
BEGIN
  FOR i IN 1..600 LOOP
    IF EXISTS (SELECT FROM gate) THEN
      RETURN;
    END IF;
    PERFORM pg_sleep(0.1);
  END LOOP;
  RAISE EXCEPTION 'nobody came';
END $$;

--changeset jane:3-after
CREATE TABLE garden (tree text);
