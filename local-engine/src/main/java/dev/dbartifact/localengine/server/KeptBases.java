package dev.dbartifact.localengine.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The bases that are kept, by storage.
final class KeptBases {

  /// None is empty.
  private final Map<String, List<Base>> bases = new ConcurrentHashMap<>();

  /// Oldest first.
  List<Base> of(String storage) {
    return bases.getOrDefault(storage, List.of());
  }

  Optional<Base> oldest(String storage) {
    return of(storage).stream().findFirst();
  }

  void add(Base base) {
    bases.merge(base.storage(), List.of(base), KeptBases::joined);
  }

  private static List<Base> joined(List<Base> some, List<Base> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    all.sort(Comparator.comparing(Base::moment));
    return List.copyOf(all);
  }

  /// Lets go of the oldest one of several.
  ///
  /// @return those that are left
  List<Base> dropOldest(String storage) {
    var all = of(storage);
    var rest = all.subList(1, all.size());
    bases.put(storage, rest);
    return rest;
  }

  /// Lets go of all of a storage, and answers them.
  List<Base> drop(String storage) {
    var all = bases.remove(storage);
    return all == null ? List.of() : all;
  }
}
