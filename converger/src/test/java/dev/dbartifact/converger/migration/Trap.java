package dev.dbartifact.converger.migration;

import liquibase.change.custom.CustomTaskChange;
import liquibase.database.Database;
import liquibase.exception.ValidationErrors;
import liquibase.precondition.CustomPrecondition;
import liquibase.resource.ResourceAccessor;

/// A class that a changelog names: leaves a trace as soon as it is initialised.
public final class Trap implements CustomTaskChange, CustomPrecondition {
  /// A system property, so that nobody has to touch the class to look.
  static final String TRACE = "dev.dbartifact.trap";

  static {
    leaveTrace("initialised");
  }

  public Trap() {
    leaveTrace("made");
  }

  private static void leaveTrace(String what) {
    System.setProperty(TRACE, System.getProperty(TRACE, "") + " " + what);
  }

  @Override
  public void execute(Database database) {
    leaveTrace("executed");
  }

  @Override
  public void check(Database database) {
    leaveTrace("checked");
  }

  @Override
  public String getConfirmationMessage() {
    return "";
  }

  @Override
  public void setUp() {}

  @Override
  public void setFileOpener(ResourceAccessor files) {}

  @Override
  public ValidationErrors validate(Database database) {
    return new ValidationErrors();
  }
}
