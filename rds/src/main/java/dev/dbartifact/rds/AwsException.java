package dev.dbartifact.rds;

import java.util.Optional;

/// A call to AWS that did not give what was asked for. The message says what was tried, on what,
/// what came back and what to do next, so it can be shown as it is.
public final class AwsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorMeaning meaning;
  private final String code;
  private final String cameBack;

  /// @param tried such as `Could not clone cluster 'prod' to 'dev'`
  /// @param meaning what the caller can make of it
  /// @param code the wire code, or an empty text
  /// @param cameBack what was answered
  /// @param advice what to do next; may be empty
  AwsException(
      String tried,
      ErrorMeaning meaning,
      String code,
      String cameBack,
      String advice,
      Throwable cause) {
    super(sentence(tried, cameBack, advice), cause);
    this.meaning = meaning;
    this.code = code;
    this.cameBack = cameBack;
  }

  /// A refusal of ours, before or without a call.
  public static AwsException refusing(
      String tried, ErrorMeaning meaning, String found, String advice) {
    return new AwsException(tried, meaning, "", found, advice, null);
  }

  private static String sentence(String tried, String cameBack, String advice) {
    String what = tried + ": " + cameBack.strip().replaceFirst("\\.$", "") + ".";
    return advice.isEmpty() ? what : what + " " + advice;
  }

  public ErrorMeaning meaning() {
    return meaning;
  }

  public boolean means(ErrorMeaning one) {
    return meaning == one;
  }

  /// What was answered, without what was tried and what to do.
  public String cameBack() {
    return cameBack;
  }

  /// The code that AWS answered, if it answered.
  public Optional<String> code() {
    return Optional.of(code).filter(text -> !text.isEmpty());
  }
}
