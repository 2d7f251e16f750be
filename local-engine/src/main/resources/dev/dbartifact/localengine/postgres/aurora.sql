-- What clients of Aurora ask its servers, for one database; see AuroraFunctions. Everything here can be
-- run again. No function takes an argument, and all names in them are those of pg_catalog: they run as
-- the superuser, since the engine's file and the state of replication are closed to users.

-- "aurora_version" in the Aurora User Guide.
CREATE OR REPLACE FUNCTION pg_catalog.aurora_version()
  RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $function$
  SELECT {cluster} ->> 'version'
$function$;

-- "aurora_db_instance_identifier" in the Aurora User Guide.
CREATE OR REPLACE FUNCTION pg_catalog.aurora_db_instance_identifier()
  RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $function$
  SELECT {cluster} ->> 'instance'
$function$;

-- "aurora_replica_status" in the Aurora User Guide, which gives the columns in this order, and no types.
-- NULL is what is not known: a writer knows of its readers, a reader of its writer and itself.
CREATE OR REPLACE FUNCTION pg_catalog.aurora_replica_status(
    OUT server_id text,
    OUT session_id text,
    OUT durable_lsn bigint,
    OUT highest_lsn_rcvd bigint,
    OUT current_read_lsn bigint,
    OUT cur_replay_latency_in_usec bigint,
    OUT active_txns bigint,
    OUT is_current boolean,
    OUT last_transport_error integer,
    OUT last_error_timestamp timestamp with time zone,
    OUT last_update_timestamp timestamp with time zone,
    OUT feedback_xmin bigint,
    OUT feedback_epoch bigint,
    OUT replica_lag_in_msec double precision,
    OUT log_stream_speed_in_kib_per_second double precision,
    OUT log_buffer_sequence_number bigint,
    OUT oldest_read_view_trx_id bigint,
    OUT oldest_read_view_lsn bigint,
    OUT pending_read_ios bigint,
    OUT read_ios bigint,
    OUT iops bigint,
    OUT cpu double precision)
  RETURNS SETOF record LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $function$
  WITH
    told(cluster) AS (SELECT {cluster}),
    member AS (
      SELECT each.*, each.instance = told.cluster ->> 'instance' AS here
      FROM told, json_to_recordset(told.cluster -> 'members') AS each(instance text, session text, slot text)),
    -- Of the readers, if this is the writer.
    receiving AS (
      SELECT application_name AS slot, write_lsn, replay_lsn, reply_time,
        CASE WHEN replay_lsn >= pg_current_wal_flush_lsn() THEN interval '0' ELSE replay_lag END AS lag
      FROM pg_stat_replication),
    -- Of the writer, if this is a reader.
    source AS (SELECT last_msg_receipt_time FROM pg_stat_wal_receiver WHERE status = 'streaming'),
    own AS (
      SELECT
        (SELECT count(*) FROM pg_stat_activity
          WHERE backend_type = 'client backend' AND xact_start IS NOT NULL) AS transactions,
        CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END AS durable,
        CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() END AS received,
        CASE WHEN pg_is_in_recovery() AND EXISTS (SELECT FROM source) THEN
          CASE WHEN pg_last_wal_replay_lsn() >= pg_last_wal_receive_lsn() THEN interval '0'
            ELSE clock_timestamp() - pg_last_xact_replay_timestamp() END
        END AS lag)
  SELECT
    member.instance,
    member.session,
    (CASE WHEN here THEN own.durable
      WHEN member.session = 'MASTER_SESSION_ID' THEN own.received
      ELSE receiving.replay_lsn END - pg_lsn '0/0')::bigint,
    (CASE WHEN here THEN own.received ELSE receiving.write_lsn END - pg_lsn '0/0')::bigint,
    (CASE WHEN here AND own.received IS NOT NULL THEN own.durable
      ELSE receiving.replay_lsn END - pg_lsn '0/0')::bigint,
    (extract(epoch FROM CASE WHEN here THEN own.lag ELSE receiving.lag END) * 1000000)::bigint,
    CASE WHEN here THEN own.transactions END,
    NULL::boolean,
    NULL::integer,
    NULL::timestamp with time zone,
    -- As from Aurora PostgreSQL 13.9 on: the server that is asked has none.
    CASE WHEN here THEN NULL
      WHEN member.session = 'MASTER_SESSION_ID' THEN (SELECT last_msg_receipt_time FROM source)
      ELSE receiving.reply_time END,
    (SELECT xmin::text::bigint FROM pg_replication_slots WHERE slot_name = member.slot),
    NULL::bigint,
    (extract(epoch FROM CASE WHEN here THEN own.lag ELSE receiving.lag END) * 1000)::double precision,
    NULL::double precision,
    NULL::bigint,
    NULL::bigint,
    NULL::bigint,
    NULL::bigint,
    NULL::bigint,
    NULL::bigint,
    NULL::double precision
  FROM own, member LEFT JOIN receiving ON receiving.slot = member.slot
$function$;

-- The setting by which drivers tell Aurora from others. PostgreSQL hides those that no program defines
-- from its view, and SHOW shows them.
DO $block$
DECLARE
  shown text := pg_catalog.pg_get_viewdef('pg_catalog.pg_settings'::pg_catalog.regclass);
BEGIN
  IF shown NOT LIKE '%rds.extensions%' THEN
    SET LOCAL allow_system_table_mods = on;
    EXECUTE 'CREATE OR REPLACE VIEW pg_catalog.pg_settings AS ' || pg_catalog.rtrim(shown, ';') || $view$
      UNION ALL SELECT
        'rds.extensions', pg_catalog.current_setting('rds.extensions'), NULL, 'Customized Options',
        'Names the extensions that can be created, and what tells Aurora from others.', NULL,
        'user', 'string', 'configuration file', NULL, NULL, NULL, NULL,
        pg_catalog.current_setting('rds.extensions'), NULL, NULL, false
      WHERE pg_catalog.current_setting('rds.extensions', true) <> ''
    $view$;
  END IF;
END
$block$;
