package dev.dbartifact.localengine.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The HTTP status of an action's success where it is not 200; the SDK's classes do not hold it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AnswersWith {
  int value();
}
