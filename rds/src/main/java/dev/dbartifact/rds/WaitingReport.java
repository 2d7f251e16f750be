package dev.dbartifact.rds;

import java.time.Duration;

/// Hears of what is waited for.
@FunctionalInterface
public interface WaitingReport {
  /// A state that was not there at the look before.
  ///
  /// @param resource such as `cluster dev-orders`
  /// @param waited since the wait began
  void changed(String resource, String state, StatusClass statusClass, Duration waited);
}
