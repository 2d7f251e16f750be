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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All resources of one kind, in memory and on disk. Reading never waits; who changes holds a lock.
public final class Shelf<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

  private final ResourceFiles<T> files;
  private final Function<T, String> key;
  private final Function<T, String> group;
  private final ConcurrentSkipListMap<String, T> all = new ConcurrentSkipListMap<>();

  /// The keys of those in each group.
  private final Map<String, Set<String>> groups = new ConcurrentHashMap<>();

  /// What is shown as settled and could not be written, by key.
  private final Map<String, T> unwritten = new ConcurrentHashMap<>();

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
    write(resource);
    keep(resource);
    watcher.accept(resource);
  }

  private void write(T resource) {
    var name = key.apply(resource);
    files.write(file(name), resource);
    unwritten.remove(name);
  }

  /// Puts what says how something has ended that was under way, and of which nobody else will say
  /// so: it is shown also where it cannot be written, as on a full disk, and is written by the
  /// first [#catchUp] that can. An engine that ends before finds it under way, and ends it anew.
  public void settle(T resource) {
    try {
      write(resource);
    } catch (StateException e) {
      if (unwritten.put(key.apply(resource), resource) == null) {
        LOG.warn("{}. It is shown, and written as soon as that can be", e.getMessage());
      }
    }
    keep(resource);
    watcher.accept(resource);
  }

  /// The same of [#update].
  public Optional<T> settle(String name, UnaryOperator<T> change) {
    return update(name, change, this::settle);
  }

  /// Writes what was settled and could not be written, as far as that can be now.
  public void catchUp() {
    for (var resource : List.copyOf(unwritten.values())) {
      try {
        write(resource);
      } catch (StateException e) {
        LOG.debug("Still not written", e);
        return;
      }
    }
  }

  /// Whether there is anything for [#catchUp].
  public boolean isBehind() {
    return !unwritten.isEmpty();
  }

  /// Changes the resource unless it is gone. One that stays as it is is not written again: that
  /// would wait for the disk.
  public Optional<T> update(String name, UnaryOperator<T> change) {
    return update(name, change, this::put);
  }

  private Optional<T> update(String name, UnaryOperator<T> change, Consumer<T> put) {
    var now = find(name);
    var changed = now.map(change);
    if (!changed.equals(now)) {
      changed.ifPresent(put);
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
    unwritten.remove(name);
    forget(name).ifPresent(watcher);
  }

  /// Group names may hold spaces.
  private static String file(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
