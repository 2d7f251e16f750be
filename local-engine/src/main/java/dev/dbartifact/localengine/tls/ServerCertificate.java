package dev.dbartifact.localengine.tls;

import dev.dbartifact.localengine.program.ServerAccount;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The certificate of one server, in a file with its key, which servers take for both. It lies
/// outside of the volume, so that no clone comes with that of its source. One file, because the two
/// must never be of different servers, whenever the engine or the machine goes down.
///
/// @param file readable by the server only
/// @param account that the server runs as
public record ServerCertificate(Path file, Authority authority, ServerAccount account) {
  private static final String END = "-----END PRIVATE KEY-----\n";

  /// That of the server whose settings lie in this folder, which must be there when it is renewed.
  public static ServerCertificate in(Path folder, Authority authority, ServerAccount account) {
    return new ServerCertificate(folder.resolve("server.pem"), authority, account);
  }

  /// Makes it say this. Answers whether it was changed: a server that runs must read it again then.
  public boolean renew(Identity identity) throws IOException {
    if (says(identity)) {
      return false;
    }
    var issued = authority.issue(identity);
    try {
      write(Pem.of(issued.certificate()) + Pem.of(issued.key()));
      return true;
    } catch (CertificateException e) {
      throw new IOException("Could not write the certificate " + file, e);
    }
  }

  private void write(String text) throws IOException {
    var next = file.resolveSibling(".server.pem.new");
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    account.own(Files.writeString(next, text));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private boolean says(Identity identity) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    // Of bytes that are none of a certificate's, none fails to be read.
    var text = Files.readString(file, StandardCharsets.ISO_8859_1);
    try {
      var certificate = Pem.certificate(text);
      return text.endsWith(END)
          && authority.hasSigned(certificate)
          && certificate.getNotAfter().toInstant().equals(identity.until())
          && hosts(certificate).equals(Set.copyOf(canonical(identity.hosts())));
    } catch (IOException | CertificateParsingException e) {
      // Cut off by a power failure: nobody has waited for the disk to have it.
      return false;
    }
  }

  /// Addresses have several spellings, and certificates none.
  private static List<String> canonical(List<String> hosts) {
    return hosts.stream()
        .map(host -> Identity.isAddress(host) ? InetAddress.ofLiteral(host).getHostAddress() : host)
        .toList();
  }

  private static Set<String> hosts(X509Certificate certificate) throws CertificateParsingException {
    var hosts = new ArrayList<String>();
    for (var name : certificate.getSubjectAlternativeNames()) {
      hosts.add(name.get(1).toString());
    }
    return Set.copyOf(canonical(hosts));
  }
}
