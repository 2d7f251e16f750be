package dev.dbartifact.localengine.server;

import java.util.List;

/// Statements of a master user: those that are refused, and those that are done.
final class MasterUserStatements {

  private MasterUserStatements() {}

  /// Each leads to the machine, to other clusters on it, or to a superuser.
  static final List<String> REFUSED =
      List.of(
          "COPY (SELECT 1) TO PROGRAM 'cat'",
          "COPY item FROM PROGRAM 'echo 1'",
          "COPY item TO '/tmp/stolen'",
          "COPY item FROM '/etc/passwd'",
          "SELECT lo_import('/etc/passwd')",
          "SELECT lo_export(1, '/tmp/stolen')",
          "SELECT pg_read_file('/etc/passwd')",
          "SELECT pg_read_binary_file('/etc/passwd')",
          "SELECT pg_stat_file('/etc/passwd')",
          "SELECT pg_ls_dir('/')",
          "SELECT * FROM pg_hba_file_rules",
          "GRANT pg_execute_server_program TO admin",
          "GRANT pg_read_server_files TO admin",
          "GRANT pg_write_server_files TO admin",
          "CREATE ROLE thief IN ROLE pg_execute_server_program",
          "SET ROLE pg_execute_server_program",
          "SET SESSION AUTHORIZATION pg_execute_server_program",
          "DROP ROLE pg_execute_server_program",
          "CREATE ROLE thief SUPERUSER",
          "CREATE ROLE thief BYPASSRLS",
          "ALTER ROLE admin SUPERUSER",
          "ALTER ROLE admin BYPASSRLS",
          "GRANT rdsadmin TO admin",
          "SET ROLE rdsadmin",
          "SET SESSION AUTHORIZATION rdsadmin",
          "ALTER ROLE rdsadmin PASSWORD 'known'",
          "ALTER ROLE rdsadmin RENAME TO other",
          "ALTER ROLE rdsadmin SET search_path = public",
          "ALTER ROLE ALL SET search_path = public",
          "DROP ROLE rdsadmin",
          "GRANT rdsrepladmin TO admin",
          "SET ROLE rdsrepladmin",
          "ALTER ROLE rdsrepladmin PASSWORD 'known'",
          "CREATE ROLE thief IN ROLE rdsrepladmin",
          "REASSIGN OWNED BY rdsadmin TO admin",
          "DROP OWNED BY rdsadmin",
          "UPDATE pg_authid SET rolsuper = true",
          "INSERT INTO pg_auth_members SELECT * FROM pg_auth_members",
          "UPDATE pg_proc SET prosecdef = true",
          "SET allow_system_table_mods = on",
          "SET session_preload_libraries = 'auto_explain'",
          "ALTER DATABASE shop SET session_preload_libraries = 'auto_explain'",
          "LOAD 'auto_explain'",
          "ALTER SYSTEM SET archive_command = 'cat'",
          "SELECT pg_reload_conf()",
          "CREATE TABLESPACE elsewhere LOCATION '/tmp'",
          "CREATE FUNCTION sh(text) RETURNS int LANGUAGE c AS 'libc.so.6', 'system'",
          "CREATE FUNCTION builtin(text) RETURNS int LANGUAGE internal AS 'int4in'",
          "CREATE FOREIGN DATA WRAPPER files",
          "CREATE EVENT TRIGGER every ON ddl_command_end EXECUTE FUNCTION"
              + " suppress_redundant_updates_trigger()",
          "CREATE EXTENSION file_fdw",
          "CREATE EXTENSION pg_surgery",
          "CREATE EXTENSION xml2",
          "ALTER DATABASE template1 OWNER TO admin",
          "ALTER DATABASE rdsadmin OWNER TO admin",
          "DROP DATABASE rdsadmin",
          "CREATE DATABASE mine TEMPLATE rdsadmin");

  static final List<String> ALLOWED =
      List.of(
          "CREATE ROLE app LOGIN PASSWORD 'app' VALID UNTIL 'infinity'",
          "GRANT rds_superuser, rds_replication, rds_password, rds_iam, pg_monitor TO app",
          "REVOKE rds_iam FROM app",
          "ALTER ROLE app SET statement_timeout = '5s'",
          "GRANT ALL ON ALL TABLES IN SCHEMA public TO app",
          "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM app",
          "DROP ROLE app",
          "ALTER ROLE admin PASSWORD '" + HostFixture.PASSWORD.replace("'", "''") + "'",
          "CREATE DATABASE second",
          "DROP DATABASE second",
          "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
              + " AND usename = current_user",
          "CREATE PUBLICATION news FOR TABLE item");

  /// Beyond those that PostgreSQL trusts everybody with.
  static final List<String> EXTENSIONS =
      List.of(
          "amcheck",
          "autoinc",
          "bloom",
          "dblink",
          "dict_xsyn",
          "cube",
          "earthdistance",
          "insert_username",
          "intagg",
          "moddatetime",
          "pageinspect",
          "pg_buffercache",
          "pg_freespacemap",
          "pg_prewarm",
          "pg_stat_statements",
          "pg_visibility",
          "pgrowlocks",
          "pgstattuple",
          "postgres_fdw",
          "refint",
          "sslinfo");

  static final List<String> USES_OF_EXTENSIONS =
      List.of(
          "SELECT bt_index_check('item_pkey'::regclass)",
          "SELECT count(*) FROM pg_buffercache",
          "SELECT pg_prewarm('item')",
          "SELECT * FROM pgstattuple('item')",
          "SELECT * FROM pg_visibility('item')",
          "SELECT * FROM pgrowlocks('item')",
          "SELECT ssl_is_used()",
          "SELECT query FROM pg_stat_statements",
          "SELECT pg_stat_statements_reset()",
          "CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw OPTIONS (dbname 'shop')",
          "CREATE SERVER another FOREIGN DATA WRAPPER dblink_fdw OPTIONS (dbname 'shop')");
}
