package dev.dbartifact.localengine.wire;

import dev.dbartifact.localengine.state.StateException;
import java.lang.reflect.Method;

/// Actions that know what to answer when the disk has no room for what they have to remember.
public interface OutOfSpace {

  /// @param action the method that was called
  /// @return the fault that the action has for it, or `full` where it has none
  RuntimeException outOfSpace(Method action, StateException full);
}
