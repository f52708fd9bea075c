package io.reelbatch.gateway;

/** Which of the two addresses a task is asked for at. */
enum QueryRoute {
  FIRST,
  FALLBACK;

  QueryRoute other() {
    return this == FIRST ? FALLBACK : FIRST;
  }
}
