package io.reelbatch;

/** Starts Reelbatch. */
public final class ReelbatchApplication {

  private ReelbatchApplication() {}

  public static void main(String[] args) {
    System.out.println("reelbatch");
  }
}
