// A first client of the account tasks API. It needs Java 17 or later and no library. The JDK has a reader for XML and
// none for JSON, so the program sends JSON and asks for XML.
//
//     API=http://127.0.0.1:3000 CLIENT_ID=demo CLIENT_SECRET=demo-secret java QuickStart.java

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;

public class QuickStart {
    static final String API = System.getenv().getOrDefault("API", "http://127.0.0.1:3000");
    static final String TASKS = API + "/api/v1/admin/tasks/account";
    static final HttpClient CLIENT = HttpClient.newHttpClient();
    static String token;

    public static void main(String[] arguments) throws Exception {
        // Get a token. It is valid for eight hours: keep it, and send it with every request.
        String form = "grant_type=client_credentials"
            + "&client_id=" + encode(System.getenv().getOrDefault("CLIENT_ID", "demo"))
            + "&client_secret=" + encode(System.getenv().getOrDefault("CLIENT_SECRET", "demo-secret"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(API + "/Token"))
            .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)).build();
        HttpResponse<String> granted = CLIENT.send(request, BodyHandlers.ofString());
        if (granted.statusCode() != 200) {
            throw new IllegalStateException(granted.body());
        }
        token = member(granted.body(), "access_token");
        System.out.println("Token: valid for " + member(granted.body(), "expires_in") + " seconds");

        // Register a task. TaskID is an entry of the catalogue, which GET /api/v1/admin/tasks lists.
        String task = """
            {
              "TaskID": "7798c127-7f74-40c6-9bd4-caf4be84ca89",
              "Frequency": "WEEKLY",
              "StartDate": "2026-06-01T06:00:00Z",
              "Parameters": "{\\"report\\":\\"usage\\"}",
              "ContentType": "application/json",
              "Notification": "ON_FAILURE"
            }""";
        HttpResponse<byte[]> answer = call("POST", API + "/api/v2/admin/tasks/account", task, "Idempotency-Key", key());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(text(answer, "//ErrorReason"));
        }
        String id = text(answer, "//Detail/ID");
        System.out.println("Registered: " + id + " " + text(answer, "//Detail/Name"));

        // Read it. The ETag is the version that was read.
        String url = TASKS + "/" + id;
        answer = call("GET", url, "");
        String etag = answer.headers().firstValue("ETag").orElseThrow();
        System.out.println("Read: " + text(answer, "//Detail/Frequency"));

        // Update it, unless it has changed since it was read. An update replaces every field, so send them all.
        String daily = task.replace("WEEKLY", "DAILY");
        String key = key();
        answer = call("PUT", url, daily, "Idempotency-Key", key, "If-Match", etag);
        System.out.println("Updated: " + text(answer, "//Detail/Frequency"));

        // If no answer comes, or a 429 or 5xx, send the same request with the same key again. It is applied once.
        answer = call("PUT", url, daily, "Idempotency-Key", key, "If-Match", etag);
        System.out.println("Repeated: " + answer.statusCode() + " " + answer.headers().firstValue("Idempotency-Replayed").orElse(""));

        // Another update with the old ETag is refused, and the answer shows the task as it is now.
        answer = call("PUT", url, daily, "Idempotency-Key", key(), "If-Match", etag);
        System.out.println("Changed since: " + answer.statusCode() + " " + text(answer, "//Detail/Frequency"));

        // List the account's tasks, page by page. A Link with rel="next" leads to the next page.
        answer = call("GET", TASKS + "?count=100&summary=true", "");
        System.out.println("Listed: " + text(answer, "count(//AccountTaskResponse)") + " tasks");

        // A request with errors changes nothing, and the reason names all of them.
        answer = call("PUT", url, task.replace("WEEKLY", "FORTNIGHTLY").replaceFirst("\"\\{.*\"", "\"{\""));
        System.out.println("Refused: " + answer.statusCode() + " " + text(answer, "//ErrorReason"));

        // Delete it.
        answer = call("DELETE", url, "", "Idempotency-Key", key());
        System.out.println("Deleted: " + answer.statusCode());
    }

    /** Sends a request with the token. The headers are names and values in turn. */
    static HttpResponse<byte[]> call(String method, String url, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
            .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(35))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Accept", "application/xml");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** Makes an Idempotency-Key: a new one for each change, the same for its repeats. */
    static String key() {
        return UUID.randomUUID().toString();
    }

    /** Reads the answer's XML. The path begins with // because the root's name differs between operations. */
    static String text(HttpResponse<byte[]> answer, String path) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return XPathFactory.newInstance().newXPath()
            .evaluate(path, factory.newDocumentBuilder().parse(new ByteArrayInputStream(answer.body())));
    }

    /** Reads a member of the token's JSON. */
    static String member(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("there is no " + name + " in " + json);
        }
        return matcher.group(1);
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
