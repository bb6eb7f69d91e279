import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import net.minidev.json.JSONValue;

/**
 * Reads paths with Jayway's JsonPath: a line in, a line out. A line in is a path, a tab and a document. A line out is
 * "definite" or "indefinite", a tab and the JSON of what was found, or one of the words "missing", "error" and "invalid".
 */
public final class PathOracle {
  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int tab = line.indexOf('\t');
      out.println(answer(line.substring(0, tab), line.substring(tab + 1)));
    }
  }

  private static String answer(String text, String document) {
    JsonPath path;
    try {
      path = JsonPath.compile(text);
    } catch (Throwable failure) {
      return "invalid";
    }
    try {
      Object found = JsonPath.using(Configuration.defaultConfiguration()).parse(document).read(path);
      return (path.isDefinite() ? "definite\t" : "indefinite\t") + json(found);
    } catch (PathNotFoundException failure) {
      return "missing";
    } catch (Throwable failure) {
      return "error";
    }
  }

  private static String json(Object value) {
    return JSONValue.toJSONString(value instanceof Collection ? new ArrayList<Object>((Collection<?>) value) : value);
  }
}
