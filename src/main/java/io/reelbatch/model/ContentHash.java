package io.reelbatch.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/**
 * Hash of an order as it was written: cells cleaned, names without alias, no defaults filled in.
 * Eighty bits of SHA-256: a million rows collide with a chance below 1 in 10^12.
 */
public record ContentHash(String value) {

  private static final int BYTES = 10;

  /**
   * The hash of an order.
   *
   * @param cells canonical column name to cleaned cell; empty cells are left out by the caller, so
   *     that an added empty column changes nothing
   */
  public static ContentHash of(SortedMap<String, String> cells) {
    MessageDigest sha256 = sha256();
    for (Map.Entry<String, String> cell : cells.entrySet()) {
      update(sha256, cell.getKey());
      update(sha256, cell.getValue());
    }
    return new ContentHash(HexFormat.of().formatHex(sha256.digest(), 0, BYTES));
  }

  // Length first: "ab" + "c" and "a" + "bc" must differ.
  private static void update(MessageDigest sha256, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    sha256.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
