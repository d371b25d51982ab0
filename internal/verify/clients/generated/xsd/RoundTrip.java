import jakarta.xml.bind.JAXB;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;
import tasks.*;

/** Does a full round in XML with the classes that xjc generates: RoundTrip <address> <Idempotency-Key> */
public class RoundTrip {
    static final String SEND_REPORT = "7798c127-7f74-40c6-9bd4-caf4be84ca89";
    static final HttpClient HTTP = HttpClient.newHttpClient();
    static String token;

    public static void main(String[] arguments) throws Exception {
        String tasks = arguments[0] + "/api/v1/admin/tasks/account", registrations = arguments[0] + "/api/v2/admin/tasks/account";
        String key = arguments[1];
        token = token(arguments[0]);

        AccountTaskRequest registration = new AccountTaskRequest();
        registration.setTaskID(SEND_REPORT);
        registration.setFrequency(Frequency.WEEKLY);
        registration.setParameters("{}");
        registration.setContentType("application/json");
        registration.setNotification(Notification.ON_FAILURE);
        String id = detail(send("POST", registrations, registration, "Idempotency-Key", key)).getID();
        System.out.println("registered " + id);

        HttpResponse<byte[]> read = send("GET", tasks + "/" + id, null, "Accept", "application/xml");
        String tag = read.headers().firstValue("ETag").get();
        System.out.println("read " + show(detail(read)));

        AccountTaskUpdateRequest update = new AccountTaskUpdateRequest();
        update.setEnabled(false);
        update.setTaskID(SEND_REPORT);
        update.setFrequency(Frequency.DAILY);
        update.setStartDate(date("2026-07-01T09:30:00Z"));
        update.setFinishDate(date("2027-01-02T03:04:05Z"));
        update.setParameters("[]");
        update.setContentType("application/json");
        System.out.println("updated " + show(detail(send("PUT", tasks + "/" + id, update, "If-Match", tag))));

        byte[] list = send("GET", tasks + "?count=100", null, "Accept", "application/xml").body();
        for (AccountTaskResponse task : JAXB.unmarshal(new ByteArrayInputStream(list), ResponseOfListOfAccountTaskResponse.class)
                .getResponseData().getDetail().getAccountTaskResponse()) {
            if (task.getID().equals(id)) {
                System.out.println("listed " + show(task));
            }
        }

        HttpResponse<byte[]> stale = send("PUT", tasks + "/" + id, update, "If-Match", tag);
        System.out.println("stale " + stale.statusCode() + " " + error(stale).getErrorCode().value() + " " + show(detail(stale)));

        HttpResponse<byte[]> repeated = send("POST", registrations, registration, "Idempotency-Key", key);
        System.out.println("repeated " + detail(repeated).getID() + " " + repeated.headers().firstValue("Idempotency-Replayed").get());

        update.setTaskID(new UUID(0, 0).toString());
        update.setParameters("{");
        update.setFinishDate(date("2026-07-01T08:30:00Z"));
        HttpResponse<byte[]> refused = send("PUT", tasks + "/" + id, update, "Accept", "application/xml");
        System.out.println("refused " + refused.statusCode() + " " + error(refused).getErrorCode().value() + " "
            + error(refused).getErrorReason());
    }

    static String token(String origin) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/Token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id=demo&client_secret=demo-secret")).build();
        Matcher found = Pattern.compile("\"access_token\":\"([^\"]*)\"").matcher(HTTP.send(request, BodyHandlers.ofString()).body());
        found.find();
        return found.group(1);
    }

    static HttpResponse<byte[]> send(String method, String url, Object body, String header, String value) throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        if (body != null) {
            JAXB.marshal(body, text);
        }
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/xml").header(header, value)
            .method(method, BodyPublishers.ofByteArray(text.toByteArray())).build(), BodyHandlers.ofByteArray());
    }

    static ResponseOfAccountTaskResponse read(HttpResponse<byte[]> answer) {
        return JAXB.unmarshal(new ByteArrayInputStream(answer.body()), ResponseOfAccountTaskResponse.class);
    }

    static AccountTaskResponse detail(HttpResponse<byte[]> answer) {
        return read(answer).getResponseData().getDetail();
    }

    static ApiError error(HttpResponse<byte[]> answer) {
        return read(answer).getError();
    }

    /** Gives what the round looks at in a task: its id, flag, frequency, dates and notification. */
    static String show(AccountTaskResponse task) {
        return task.getID() + " " + task.isEnabled() + " " + task.getFrequency() + " " + text(task.getStartDate()) + " "
            + (task.getFinishDate() == null ? "none" : text(task.getFinishDate())) + " " + task.getNotification();
    }

    static XMLGregorianCalendar date(String text) throws Exception {
        return DatatypeFactory.newInstance().newXMLGregorianCalendar(text);
    }

    static String text(XMLGregorianCalendar date) {
        return OffsetDateTime.parse(date.toXMLFormat()).withOffsetSameInstant(ZoneOffset.UTC)
            .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    }
}
