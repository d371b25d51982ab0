import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.ApiResponse;
import org.openapitools.client.api.TasksApi;
import org.openapitools.client.api.TokensApi;
import org.openapitools.client.model.AccountTaskRequest;
import org.openapitools.client.model.AccountTaskResponse;
import org.openapitools.client.model.AccountTaskUpdateRequest;
import org.openapitools.client.model.Frequency;
import org.openapitools.client.model.Notification;
import org.openapitools.client.model.ParametersFormat;
import org.openapitools.client.model.ResponseOfAccountTaskResponse;

/** Does a full round with the client that openapi-generator generates: RoundTrip <address> <Idempotency-Key> */
public class RoundTrip {
    static final UUID SEND_REPORT = UUID.fromString("7798c127-7f74-40c6-9bd4-caf4be84ca89");

    public static void main(String[] arguments) throws Exception {
        String origin = arguments[0], key = arguments[1];
        ApiClient client = new ApiClient().setBasePath(origin);
        client.setBearerToken(new TokensApi(client)
            .issueToken("client_credentials", "demo", "demo-secret", null, null).getAccessToken());
        TasksApi api = new TasksApi(client);

        OffsetDateTime start = OffsetDateTime.parse("2026-07-01T09:30:00Z"), finish = OffsetDateTime.parse("2027-01-02T03:04:05Z");
        AccountTaskRequest request = new AccountTaskRequest().taskID(SEND_REPORT).frequency(Frequency.WEEKLY).parameters("{}")
            .contentType(ParametersFormat.APPLICATION_JSON).notification(Notification.ON_FAILURE);
        UUID id = api.registerAccountTask(request, null, key).getResponseData().getDetail().getID();
        System.out.println("registered " + id);

        ApiResponse<ResponseOfAccountTaskResponse> read = api.readAccountTaskWithHttpInfo(id);
        String tag = header(read.getHeaders(), "ETag");
        System.out.println("read " + show(read.getData().getResponseData().getDetail()));

        AccountTaskUpdateRequest update = new AccountTaskUpdateRequest().enabled(false).taskID(SEND_REPORT).frequency(Frequency.DAILY)
            .startDate(start).finishDate(finish).parameters("[]").contentType(ParametersFormat.APPLICATION_JSON);
        System.out.println("updated "
            + show(api.updateAccountTask(id, update, null, tag, null, null).getResponseData().getDetail()));

        for (AccountTaskResponse task : api.listAccountTasks(100, null, null).getResponseData().getDetail()) {
            if (task.getID().equals(id)) {
                System.out.println("listed " + show(task));
            }
        }

        try {
            api.updateAccountTask(id, update, null, tag, null, null);
        } catch (ApiException stale) {
            ResponseOfAccountTaskResponse answer = ResponseOfAccountTaskResponse.fromJson(stale.getResponseBody());
            System.out.println("stale " + stale.getCode() + " " + answer.getError().getErrorCode() + " "
                + show(answer.getResponseData().getDetail()));
        }

        ApiResponse<ResponseOfAccountTaskResponse> repeated = api.registerAccountTaskWithHttpInfo(request, null, key);
        System.out.println("repeated " + repeated.getData().getResponseData().getDetail().getID() + " "
            + header(repeated.getHeaders(), "Idempotency-Replayed"));

        try {
            api.updateAccountTask(id, update.taskID(new UUID(0, 0)).parameters("{").finishDate(start.minusHours(1)), null, null, null, null);
        } catch (ApiException refused) {
            ResponseOfAccountTaskResponse answer = ResponseOfAccountTaskResponse.fromJson(refused.getResponseBody());
            System.out.println("refused " + refused.getCode() + " " + answer.getError().getErrorCode() + " "
                + answer.getError().getErrorReason());
        }
        System.exit(0); // without waiting for the idle threads of the HTTP client
    }

    /** Finds a header in any case, which the client does not. */
    static String header(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name)).findFirst().get().getValue().get(0);
    }

    /** Gives what the round looks at in a task: its id, flag, frequency, dates and notification. */
    static String show(AccountTaskResponse task) {
        return task.getID() + " " + task.getEnabled() + " " + task.getFrequency() + " " + text(task.getStartDate()) + " "
            + (task.getFinishDate() == null ? "none" : text(task.getFinishDate())) + " " + task.getNotification();
    }

    static String text(OffsetDateTime date) {
        return date.withOffsetSameInstant(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    }
}
