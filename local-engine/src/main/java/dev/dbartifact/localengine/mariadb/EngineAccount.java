package dev.dbartifact.localengine.mariadb;

import java.io.IOException;
import java.util.List;

/// The account by which the engine works in a server, with all rights, through the private socket.
///
/// Whoever may create users may rename, alter and drop every account that a statement can name, and
/// what a renamed account may do goes with its new name. So a statement cannot name this one: hosts
/// in statements are no longer than 255 bytes (`check_host_name` in `sql/sql_parse.cc` of MariaDB),
/// and the host of this one is: the percent signs behind it match nothing.
///
/// Accounts with a host that fits more closely, which can be made, would be found first at a login.
/// Entries for a database that there is not keep their names taken. Who drops those on purpose
/// keeps the engine out, and gains nothing; the next start removes what is in its way.
///
/// @param user the operating system's user that the engine runs as, which the server asks the
///   kernel for
record EngineAccount(String user) {
  private static final String LOCAL = "localhost";
  private static final int LONGEST_IN_STATEMENTS = 255;

  static final String HOST = LOCAL + "%".repeat(LONGEST_IN_STATEMENTS + 1 - LOCAL.length());

  /// RDS reserves that name.
  private static final String NO_DATABASE = "rdsadmin";

  /// One statement: lets the table of accounts hold it.
  static String room() {
    return "alter table mysql.global_priv modify Host varchar(%d) not null default ''"
        .formatted(HOST.length());
  }

  /// Which row of `mysql.global_priv` it is.
  String row() {
    return "Host = '%s' and User = %s".formatted(HOST, Quoted.text(user));
  }

  /// One statement each, for a session or a script that began with `flush privileges`: moves it to
  /// its host from those that it had in older databases. Users cannot have made the one in
  /// capitals.
  List<String> arrival() {
    var move = "update ignore mysql.global_priv set Host = '%s' where User = %s and Host = '%s'";
    return List.of(
        room(),
        move.formatted(HOST, Quoted.text(user), "LOCALHOST"),
        move.formatted(HOST, Quoted.text(user), LOCAL),
        "delete from mysql.global_priv where User = %s and Host in ('LOCALHOST', '%s')"
            .formatted(Quoted.text(user), LOCAL),
        clearance(),
        reservation(),
        listing(),
        "execute immediate ifnull(@listing, 'do 0')");
  }

  /// Away from the view `mysql.user`: who lists accounts goes on to name them in statements.
  private static String listing() {
    return """
    set @listing = (select if(VIEW_DEFINITION like '%char_length%', 'do 0', concat('create or replace \
    definer = `mariadb.sys`@localhost sql security definer view mysql.user as ', VIEW_DEFINITION, \
    ' where char_length(`Host`) <= {longest}')) from information_schema.VIEWS \
    where TABLE_SCHEMA = 'mysql' and TABLE_NAME = 'user')\
    """
        .replace("{longest}", Integer.toString(LONGEST_IN_STATEMENTS));
  }

  /// SQL for the start of a server, which has read its accounts by then.
  String atStart() {
    return """
    SET SESSION sql_log_bin = 0;
    %s;
    SET @admitted = ROW_COUNT();
    %s;
    SET @admission = IF(@admitted + ROW_COUNT() = 0, 'DO 0', 'FLUSH PRIVILEGES');
    EXECUTE IMMEDIATE @admission;
    """
        .formatted(clearance(), reservation());
  }

  /// Away with accounts that a login of the engine would find first: with its name, or for all
  /// names, and a host that leaves less open than [HOST].
  private String clearance() {
    return """
    delete from mysql.global_priv where User in (%s, '') and char_length(Host) <= %d \
    and '%s' like Host and char_length(replace(replace(Host, '%%', ''), %s, '')) >= %d\
    """
        .formatted(
            Quoted.text(user), LONGEST_IN_STATEMENTS, LOCAL, Quoted.text("\\"), LOCAL.length());
  }

  private String reservation() {
    return """
    insert into mysql.db (Host, Db, User) with held (name) as (values (%s), ('')) \
    select '%2$s', '%3$s', held.name from held where not exists (select 1 from mysql.db as there \
    where there.Host = '%2$s' and there.Db = '%3$s' and there.User = held.name)\
    """
        .formatted(Quoted.text(user), LOCAL, NO_DATABASE);
  }

  /// Logs in.
  ///
  /// @throws LockedOutException if another account is found, or none
  MariaDbSession enter(MariaDbProcess server) throws IOException {
    var session = server.session(user);
    var found = session.value("SELECT CURRENT_USER()");
    // As much of the host as a session knows of itself.
    if (found.equals(user + "@" + HOST.substring(0, LONGEST_IN_STATEMENTS))) {
      return session;
    }
    session.close();
    throw new LockedOutException("it took it for " + found, null);
  }
}
