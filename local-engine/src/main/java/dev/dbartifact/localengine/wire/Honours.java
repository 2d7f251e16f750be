package dev.dbartifact.localengine.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The request fields, by wire name, that an action honours or keeps as metadata. A request that
/// sets another one is refused: silence would be a promise.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Honours {
  String[] value();

  /// Those of them that are only remembered and shown.
  String[] kept() default {};

  /// What the action does otherwise than AWS, in a sentence; for the documentation.
  String differs() default "";
}
