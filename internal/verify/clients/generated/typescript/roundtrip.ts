// Does a full round with the client that openapi-generator generates: node roundtrip.js <address> <Idempotency-Key>
import {
  AccountTaskResponse, AccountTaskUpdateRequest, Configuration, Frequency, Notification, ParametersFormat, ResponseError,
  ResponseOfAccountTaskResponseFromJSON, TasksApi, TokensApi,
} from "./client";

const sendReport = "7798c127-7f74-40c6-9bd4-caf4be84ca89";

// Gives what the round looks at in a task: its id, flag, frequency, dates and notification.
function show(task: AccountTaskResponse): string {
  const text = (date: Date) => date.toISOString().replace("T", " ").slice(0, 19);
  const finish = task.finishDate ? text(task.finishDate) : "none";
  return `${task.iD} ${task.enabled} ${task.frequency} ${text(task.startDate)} ${finish} ${task.notification}`;
}

async function round(origin: string, key: string) {
  const token = await new TokensApi(new Configuration({ basePath: origin })).issueToken({
    grantType: "client_credentials", clientId: "demo", clientSecret: "demo-secret",
  });
  // The client sends the access token of an OAuth scheme as it is given.
  const api = new TasksApi(new Configuration({ basePath: origin, accessToken: `Bearer ${token.accessToken}` }));

  const start = new Date("2026-07-01T09:30:00Z");
  const finish = new Date("2027-01-02T03:04:05Z");
  const registration = {
    idempotencyKey: key,
    accountTaskRequest: {
      taskID: sendReport, frequency: Frequency.Weekly, parameters: "{}", contentType: ParametersFormat.ApplicationJson,
      notification: Notification.OnFailure,
    },
  };
  const registered = await api.registerAccountTask(registration);
  const id = registered.responseData!.detail!.iD;
  console.log("registered", id);

  const read = await api.readAccountTaskRaw({ id });
  const tag = read.raw.headers.get("ETag")!;
  console.log("read", show((await read.value()).responseData!.detail!));

  const update: AccountTaskUpdateRequest = {
    enabled: false, taskID: sendReport, frequency: Frequency.Daily, startDate: start, finishDate: finish, parameters: "[]",
    contentType: ParametersFormat.ApplicationJson,
  };
  const updated = await api.updateAccountTask({ id, accountTaskUpdateRequest: update, ifMatch: tag });
  console.log("updated", show(updated.responseData!.detail!));

  const listed = await api.listAccountTasks({ count: 100 });
  for (const task of listed.responseData!.detail!) {
    if (task.iD === id) console.log("listed", show(task));
  }

  const stale = await refusal(api.updateAccountTask({ id, accountTaskUpdateRequest: update, ifMatch: tag }));
  console.log("stale", stale.status, stale.answer.error!.errorCode, show(stale.answer.responseData!.detail!));

  const repeated = await api.registerAccountTaskRaw(registration);
  console.log("repeated", (await repeated.value()).responseData!.detail!.iD, repeated.raw.headers.get("Idempotency-Replayed"));

  update.taskID = "00000000-0000-0000-0000-000000000000";
  update.parameters = "{";
  update.finishDate = new Date(start.getTime() - 3600_000);
  const refused = await refusal(api.updateAccountTask({ id, accountTaskUpdateRequest: update }));
  console.log("refused", refused.status, refused.answer.error!.errorCode, refused.answer.error!.errorReason);
}

// Gives the status and the envelope of a request that is refused.
async function refusal(request: Promise<unknown>) {
  try {
    await request;
  } catch (error) {
    if (error instanceof ResponseError) {
      return { status: error.response.status, answer: ResponseOfAccountTaskResponseFromJSON(await error.response.json()) };
    }
    throw error;
  }
  throw new Error("the request was not refused");
}

round(process.argv[2]!, process.argv[3]!);
