package dev.dbartifact.localengine;

import dev.dbartifact.localengine.secrets.MasterSecrets;
import dev.dbartifact.localengine.secrets.Vault;

/// The secrets, which Secrets Manager shows, RDS Data reads and RDS keeps its passwords in. They
/// are read from the disk when they are first needed: the engine starts without them.
final class SharedSecrets {

  private final LocalEngine.Options options;
  private MasterSecrets.Owner owner;
  private MasterSecrets masterSecrets;
  private Vault vault;

  SharedSecrets(LocalEngine.Options options) {
    this.options = options;
  }

  /// Says who changes the passwords of databases. To be called before the first use.
  synchronized void ownedBy(MasterSecrets.Owner changesPasswords) {
    owner = changesPasswords;
  }

  /// Whether anything was ever kept.
  boolean exist() {
    return Vault.isIn(options.memory());
  }

  synchronized Vault vault() {
    if (vault == null) {
      var home = options.home();
      vault = new Vault(options.memory(), home.region(), home.account(), options.clock());
    }
    return vault;
  }

  /// Where RDS keeps the passwords that it manages.
  synchronized MasterSecrets masterSecrets() {
    if (masterSecrets == null) {
      masterSecrets = new MasterSecrets(vault());
      masterSecrets.ownedBy(owner);
    }
    return masterSecrets;
  }
}
