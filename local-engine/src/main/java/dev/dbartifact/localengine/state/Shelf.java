package dev.dbartifact.localengine.state;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// All resources of one kind, in memory and on disk. Reading never waits; who changes holds a lock.
public final class Shelf<T> {

  private final ResourceFiles<T> files;
  private final Function<T, String> key;
  private final Function<T, String> group;
  private final ConcurrentSkipListMap<String, T> all = new ConcurrentSkipListMap<>();

  /// The keys of those in each group.
  private final Map<String, Set<String>> groups = new ConcurrentHashMap<>();

  private volatile Consumer<T> watcher = changed -> {};

  /// Reads what is on disk.
  ///
  /// @param key names a resource for as long as it lives
  public Shelf(Path folder, Class<T> type, Function<T, String> key) {
    this(folder, type, key, _ -> "");
  }

  /// The same, for resources that are asked for in groups.
  ///
  /// @param group that a resource is in for as long as it lives
  public Shelf(Path folder, Class<T> type, Function<T, String> key, Function<T, String> group) {
    this.files = new ResourceFiles<>(folder, type);
    this.key = key;
    this.group = group;
    files.load().values().forEach(this::keep);
  }

  private void keep(T resource) {
    var name = key.apply(resource);
    if (all.put(name, resource) == null) {
      groups.compute(
          group.apply(resource),
          (_, there) -> {
            var keys = there == null ? new ConcurrentSkipListSet<String>() : there;
            keys.add(name);
            return keys;
          });
    }
  }

  private Optional<T> forget(String name) {
    var removed = Optional.ofNullable(all.remove(name));
    removed.ifPresent(each ->
        groups.computeIfPresent(
            group.apply(each),
            (_, there) -> {
              there.remove(name);
              return there.isEmpty() ? null : there;
            }));
    return removed;
  }

  public List<T> all() {
    return List.copyOf(all.values());
  }

  /// Those of one group, without a look at the others.
  public List<T> in(String group) {
    return groups.getOrDefault(group, Set.of()).stream()
        .flatMap(name -> find(name).stream())
        .toList();
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
    keep(resource);
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
    forget(name).ifPresent(watcher);
  }

  /// Group names may hold spaces.
  private static String file(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
