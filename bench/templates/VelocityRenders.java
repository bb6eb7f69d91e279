import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import net.minidev.json.parser.JSONParser;
import org.apache.commons.lang.StringEscapeUtils;
import org.apache.velocity.Template;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.runtime.RuntimeInstance;

/**
 * Renders a template with Apache Velocity. Answers each line of its input as renderer.ts does: a number of milliseconds with the
 * number of renders and the nanoseconds of processor time of the rendering thread; an empty line with the text, on one line.
 */
public final class VelocityRenders {
  public static final class Input {
    private final Object body;

    Input(Object body) {
      this.body = body;
    }

    public Object path(String path) {
      return body;
    }

    public Object params(String name) {
      return "acme";
    }
  }

  public static final class Util {
    public String escapeJavaScript(String text) {
      return StringEscapeUtils.escapeJavaScript(text);
    }
  }

  public static void main(String[] arguments) throws Exception {
    RuntimeInstance runtime = new RuntimeInstance();
    runtime.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
    runtime.init();
    Template template = new Template();
    template.setRuntimeServices(runtime);
    template.setName("order");
    template.setData(runtime.parse(Files.readString(Path.of(arguments[0])), "order"));
    template.initDocument();
    Object body = new JSONParser(JSONParser.MODE_PERMISSIVE).parse(Files.readString(Path.of(arguments[1])));
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("input", new Input(body));
    variables.put("util", new Util());
    variables.put("context", Map.of("requestId", "r-1"));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.isEmpty()) System.out.println(render(template, variables).replace("\n", "\\n"));
      else System.out.println(renderFor(Long.parseLong(line), template, variables));
    }
  }

  private static String renderFor(long milliseconds, Template template, Map<String, Object> variables) throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    long end = System.nanoTime() + milliseconds * 1_000_000;
    long renders = 0;
    while (System.nanoTime() < end) {
      for (int repeat = 0; repeat < 100; repeat++) render(template, variables);
      renders += 100;
    }
    return renders + " " + (threads.getCurrentThreadCpuTime() - start);
  }

  private static String render(Template template, Map<String, Object> variables) throws Exception {
    StringWriter text = new StringWriter();
    template.merge(new VelocityContext(new LinkedHashMap<>(variables)), text);
    return text.toString();
  }
}
