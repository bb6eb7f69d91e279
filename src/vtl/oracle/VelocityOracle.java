import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

/**
 * Renders templates with Apache Velocity: a line in, a line out. A line in is the template in base64; a line out is "OK" or
 * "ERROR", a tab, and the text or the exception in base64. Each template is rendered by an engine without macros of others.
 */
public final class VelocityOracle {
  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(answer(new String(Base64.getDecoder().decode(line), "UTF-8")));
    }
  }

  private static String answer(String template) throws Exception {
    StringWriter text = new StringWriter();
    try {
      newEngine().evaluate(new VelocityContext(variables()), text, "template", template);
      return "OK\t" + encode(text.toString());
    } catch (Throwable failure) {
      return "ERROR\t" + encode(failure.toString());
    }
  }

  private static VelocityEngine newEngine() throws Exception {
    VelocityEngine engine = new VelocityEngine();
    engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
    engine.setProperty("velocimacro.library", "");
    engine.setProperty("velocimacro.permissions.allow.inline.local.scope", "true");
    engine.init();
    return engine;
  }

  private static String encode(String text) throws Exception {
    return Base64.getEncoder().encodeToString(text.getBytes("UTF-8"));
  }

  /** The same as `variables` of fixture.ts. */
  private static Map<String, Object> variables() {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("name", "Ada");
    variables.put("empty", "");
    variables.put("yes", true);
    variables.put("no", false);
    variables.put("one", 1);
    variables.put("seven", 7);
    variables.put("half", 0.5);
    variables.put("long", 10000000000L);
    variables.put("big", new BigInteger("123456789012345678901234567890"));
    variables.put("list", new ArrayList<Object>(Arrays.asList("a", "b", "c")));
    variables.put("numbers", new ArrayList<Object>(Arrays.asList(3, 1, 2)));
    variables.put("nothing", null);
    variables.put("holes", new ArrayList<Object>(Arrays.asList(1, null, "x")));
    Map<String, Object> pet = new LinkedHashMap<>();
    pet.put("id", 1);
    pet.put("type", "dog");
    pet.put("price", 249.99);
    pet.put("tags", new ArrayList<Object>(Arrays.asList("x", "y")));
    Map<String, Object> owner = new LinkedHashMap<>();
    owner.put("name", "Bob");
    owner.put("age", null);
    pet.put("owner", owner);
    variables.put("pet", pet);
    return variables;
  }
}
