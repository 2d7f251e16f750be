package dev.dbartifact.builder.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import dev.dbartifact.artifact.Problems;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// Writes images, by way of Jib.
///
/// The same [ArtifactImage] gives the same digest on any machine: names, bytes and labels decide;
/// times, modes, owners and order are fixed.
///
/// @param cacheFolder where bases are kept between builds; made if it is needed and not there
/// @param environment where `PATH` finds the container engine
/// @param progress gets a line whenever there is something to tell
public record ImageWriter(
    Path cacheFolder, Map<String, String> environment, Consumer<String> progress) {
  /// Makes a problem of a target that no image can be written to.
  public void judge(ImageTarget target, Problems problems) {
    new ImageJudge(problems).judge(target);
  }

  /// Makes a problem of a base that is not there.
  ///
  /// @param where what names it
  public void judge(Optional<BaseImage> base, String where, Problems problems) {
    base.ifPresent(named -> new ImageJudge(problems).judge(named, where));
  }

  /// Looks for what a target needs of this machine, so that nothing is asked in vain.
  ///
  /// @throws ImageException if it wants a container engine and there is none
  public void require(ImageTarget target) throws ImageException {
    if (target instanceof ImageTarget.Engine) {
      ContainerEngine.find(environment);
    }
  }

  /// @throws ImageException if the base cannot be read or the image cannot be brought to its target
  public BuiltImage write(ArtifactImage image, ImageTarget target)
      throws ImageException, InterruptedException {
    var replaced = replaced(target);
    try (var scratch = Scratch.make(replaced.map(ImageTarget.TarFile::unfinished))) {
      if (replaced.isPresent()) {
        replaced.get().removeAbandoned();
      }
      var built = write(image, target, scratch);
      if (replaced.isPresent()) {
        finish(replaced.get());
      }
      return built;
    } catch (IOException
        | RegistryException
        | ExecutionException
        | CacheDirectoryCreationException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException(e.getMessage());
      }
      throw new ImageException(failure(image, target, e), e);
    } catch (RejectedExecutionException ending) {
      throw new InterruptedException(ending.getMessage());
    } catch (InvalidImageReferenceException e) {
      throw new ImageException(
          "'%s' is not an image reference".formatted(e.getInvalidReference()), e);
    }
  }

  private BuiltImage write(ArtifactImage image, ImageTarget target, Scratch scratch)
      throws IOException,
          ImageException,
          InterruptedException,
          RegistryException,
          ExecutionException,
          CacheDirectoryCreationException,
          InvalidImageReferenceException {
    return image.base() instanceof BaseImage.Archive(var archive)
        ? new ArchiveBuild(scratch.folder(), environment).write(image, archive, target)
        : new JibBuild(scratch, cache(image.base()), environment, progress).write(image, target);
  }

  private Path cache(BaseImage base) throws IOException {
    return new BaseCaches(cacheFolder.resolve("bases"), InstantSource.system()).folderOf(base);
  }

  private static Optional<ImageTarget.TarFile> replaced(ImageTarget target) {
    return target instanceof ImageTarget.TarFile tar && tar.isReplaced()
        ? Optional.of(tar)
        : Optional.empty();
  }

  private static void finish(ImageTarget.TarFile tar) throws IOException {
    Files.move(
        tar.unfinished(),
        tar.file(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static String failure(ArtifactImage image, ImageTarget target, Exception cause) {
    var where =
        switch (target) {
          case ImageTarget.Engine engine -> "into the container engine as " + engine.reference();
          case ImageTarget.TarFile tar -> "to " + tar.file();
        };
    var reason = sentence(said(cause instanceof ExecutionException it ? it.getCause() : cause));
    var advice =
        switch (target) {
          case ImageTarget.Engine engine -> " " + engineAdvice(reason);
          case ImageTarget.TarFile tar -> "";
        };
    return "Could not write the image %s on the base %s: %s%s"
        .formatted(where, image.base(), reason, advice);
  }

  /// @param said what the engine's command answered
  static String engineAdvice(String said) {
    var user = System.getProperty("user.name");
    return (said.contains("ermission denied")
            ? "This user may not talk to the engine: run sudo usermod -aG docker %s and log in again, or use sudo"
                .formatted(user)
            : "If the engine does not run, start it")
        + "; --to tar --output FILE needs none.";
  }

  private static String sentence(String said) {
    return said.matches("(?s).*[.?!]") ? said : said + ".";
  }

  /// Some failures of files say nothing but the file.
  private static String said(Throwable reason) {
    return switch (reason) {
      case NoSuchFileException missing -> missing.getFile() + " is not there";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      default -> String.valueOf(reason.getMessage()).strip();
    };
  }
}
