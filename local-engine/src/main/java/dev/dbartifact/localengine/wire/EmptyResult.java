package dev.dbartifact.localengine.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An action whose result is there and has nothing in it, as the model has it; clients look for the
/// element. The SDK's classes do not tell it from an action without a result.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface EmptyResult {}
