package dev.dbartifact.converger.migration;

import liquibase.Scope;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.custom.CustomChangeWrapper;
import liquibase.database.Database;
import liquibase.exception.CustomChangeException;
import liquibase.parser.core.ParsedNode;
import liquibase.parser.core.ParsedNodeException;
import liquibase.resource.ResourceAccessor;

/// Takes the place of Liquibase's own `customChange`, which makes an object of the class as soon as
/// the changelog is parsed: before [CodeGuard] can refuse it. This one remembers the name only,
/// unless the run allows code. Found by Liquibase as a service.
@DatabaseChange(
    name = "customChange",
    description = "A change that a class makes",
    priority = ChangeMetaData.PRIORITY_DEFAULT + 100)
public final class NamedCustomChange extends CustomChangeWrapper {
  /// The attribute of Liquibase's scope that says whether the run allows code.
  static final String ALLOWED = "dev.dbartifact.code-allowed";

  private String name;

  @Override
  public CustomChangeWrapper setClass(String className) throws CustomChangeException {
    name = className;
    if (isAllowed()) {
      super.setClass(className);
    }
    return this;
  }

  /// Liquibase asks an object of the class which parameters it has.
  @Override
  public void customLoadLogic(ParsedNode node, ResourceAccessor files) throws ParsedNodeException {
    if (isAllowed()) {
      super.customLoadLogic(node, files);
    }
  }

  private static boolean isAllowed() {
    return Scope.getCurrentScope().get(ALLOWED, false);
  }

  @Override
  public String getClassName() {
    return name;
  }

  @Override
  public boolean supports(Database database) {
    return true;
  }
}
