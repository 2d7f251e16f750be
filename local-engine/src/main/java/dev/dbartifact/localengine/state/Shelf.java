package dev.dbartifact.localengine.state;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// All resources of one kind, in memory and on disk. Reading never waits; who changes holds a lock.
public final class Shelf<T> {

  private final ResourceFiles<T> files;
  private final Function<T, String> key;
  private final ConcurrentSkipListMap<String, T> all = new ConcurrentSkipListMap<>();
  private volatile Consumer<T> watcher = changed -> {};

  /// Reads what is on disk.
  ///
  /// @param key names a resource for as long as it lives
  public Shelf(Path folder, Class<T> type, Function<T, String> key) {
    this.files = new ResourceFiles<>(folder, type);
    this.key = key;
    files.load().values().forEach(each -> all.put(key.apply(each), each));
  }

  public List<T> all() {
    return List.copyOf(all.values());
  }

  public Optional<T> find(String name) {
    return Optional.ofNullable(all.get(name));
  }

  /// Tells of every resource that was put or removed from now on, before [#put] or [#remove]
  /// return.
  ///
  /// @param told must not fail, and must not wait
  public void watch(Consumer<T> told) {
    watcher = watcher.andThen(told);
  }

  /// On return it is on the disk.
  public void put(T resource) {
    files.write(file(key.apply(resource)), resource);
    all.put(key.apply(resource), resource);
    watcher.accept(resource);
  }

  /// Changes the resource unless it is gone. One that stays as it is is not written again: that
  /// would wait for the disk.
  public Optional<T> update(String name, UnaryOperator<T> change) {
    var now = find(name);
    var changed = now.map(change);
    if (!changed.equals(now)) {
      changed.ifPresent(this::put);
    }
    return changed;
  }

  /// The same for those who read only: nothing is written, and what is on the disk stays what it
  /// was, until the next [#put].
  public Optional<T> show(String name, UnaryOperator<T> change) {
    return Optional.ofNullable(all.computeIfPresent(name, (_, now) -> change.apply(now)));
  }

  public void remove(String name) {
    files.remove(file(name));
    var removed = all.remove(name);
    if (removed != null) {
      watcher.accept(removed);
    }
  }

  /// Group names may hold spaces.
  private static String file(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
