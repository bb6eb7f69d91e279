import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Base64;
import org.apache.commons.lang.StringEscapeUtils;

/**
 * What Java's libraries make of a text: a line in, a line out. A line in is the name of a function of $util, a tab, and a
 * text; a line out is the result, or "error". Texts are in base64 of their UTF-16.
 */
public final class UtilOracle {
  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] parts = line.split("\t", -1);
      out.println(answer(parts[0], decode(parts[1])));
    }
  }

  private static String answer(String function, String text) throws Exception {
    try {
      switch (function) {
        case "escapeJavaScript":
          return encode(StringEscapeUtils.escapeJavaScript(text));
        case "urlEncode":
          return encode(URLEncoder.encode(text, "UTF-8"));
        case "urlDecode":
          return encode(URLDecoder.decode(text, "UTF-8"));
        case "base64Encode":
          return encode(Base64.getEncoder().encodeToString(text.getBytes("UTF-8")));
        default:
          throw new IllegalStateException(function);
      }
    } catch (IllegalArgumentException failure) {
      return "error";
    }
  }

  private static String decode(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    char[] characters = new char[bytes.length / 2];
    for (int at = 0; at < characters.length; at++) {
      characters[at] = (char) ((bytes[2 * at] & 0xff) | ((bytes[2 * at + 1] & 0xff) << 8));
    }
    return new String(characters);
  }

  private static String encode(String text) {
    byte[] bytes = new byte[2 * text.length()];
    for (int at = 0; at < text.length(); at++) {
      bytes[2 * at] = (byte) text.charAt(at);
      bytes[2 * at + 1] = (byte) (text.charAt(at) >> 8);
    }
    return Base64.getEncoder().encodeToString(bytes);
  }
}
