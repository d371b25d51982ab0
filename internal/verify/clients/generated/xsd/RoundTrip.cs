using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Serialization;
using Schemas;

// Does a full round in XML with the classes that xsd.exe generates: RoundTrip.exe <address> <Idempotency-Key>
public static class RoundTrip
{
    const string SendReport = "7798c127-7f74-40c6-9bd4-caf4be84ca89";
    static readonly HttpClient http = new HttpClient();

    public static void Main(string[] arguments)
    {
        var tasks = arguments[0] + "/api/v1/admin/tasks/account";
        var registrations = arguments[0] + "/api/v2/admin/tasks/account";
        var key = arguments[1];
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(arguments[0]));
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/xml"));

        var registration = new AccountTaskRequest {
            TaskID = SendReport, Frequency = Frequency.WEEKLY, Parameters = "{}", ContentType = "application/json",
            Notification = Notification.ON_FAILURE,
        };
        var registered = Send(HttpMethod.Post, registrations, registration, "Idempotency-Key", key);
        var id = Read<ResponseOfAccountTaskResponse>(registered).ResponseData.Detail.ID;
        Console.WriteLine("registered {0}", id);

        var read = Send(HttpMethod.Get, tasks + "/" + id);
        var tag = read.Headers.ETag.ToString();
        Console.WriteLine("read {0}", Show(Read<ResponseOfAccountTaskResponse>(read).ResponseData.Detail));

        var update = new AccountTaskUpdateRequest {
            Enabled = false, TaskID = SendReport, Frequency = Frequency.DAILY,
            StartDate = new DateTime(2026, 7, 1, 9, 30, 0, DateTimeKind.Utc),
            FinishDate = new DateTime(2027, 1, 2, 3, 4, 5, DateTimeKind.Utc), Parameters = "[]", ContentType = "application/json",
        };
        var updated = Send(HttpMethod.Put, tasks + "/" + id, update, "If-Match", tag);
        Console.WriteLine("updated {0}", Show(Read<ResponseOfAccountTaskResponse>(updated).ResponseData.Detail));

        var listed = Read<ResponseOfListOfAccountTaskResponse>(Send(HttpMethod.Get, tasks + "?count=100"));
        Console.WriteLine("listed {0}", Show(listed.ResponseData.Detail.Single(task => task.ID == id)));

        var refusal = Send(HttpMethod.Put, tasks + "/" + id, update, "If-Match", tag);
        var stale = Read<ResponseOfAccountTaskResponse>(refusal);
        Console.WriteLine("stale {0} {1} {2}", (int)refusal.StatusCode, stale.Error.ErrorCode, Show(stale.ResponseData.Detail));

        var repeated = Send(HttpMethod.Post, registrations, registration, "Idempotency-Key", key);
        Console.WriteLine("repeated {0} {1}", Read<ResponseOfAccountTaskResponse>(repeated).ResponseData.Detail.ID,
            repeated.Headers.GetValues("Idempotency-Replayed").Single());

        update.TaskID = Guid.Empty.ToString();
        update.Parameters = "{";
        update.FinishDate = update.StartDate.Value.AddHours(-1);
        refusal = Send(HttpMethod.Put, tasks + "/" + id, update);
        var refused = Read<ResponseOfAccountTaskResponse>(refusal);
        Console.WriteLine("refused {0} {1} {2}", (int)refusal.StatusCode, refused.Error.ErrorCode, refused.Error.ErrorReason);
    }

    static string Token(string origin)
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string> {
            { "grant_type", "client_credentials" }, { "client_id", "demo" }, { "client_secret", "demo-secret" },
        });
        var answer = http.PostAsync(origin + "/Token", form).Result.Content.ReadAsStringAsync().Result;
        return Regex.Match(answer, "\"access_token\":\"([^\"]*)\"").Groups[1].Value;
    }

    static HttpResponseMessage Send(HttpMethod method, string url, object body = null, string header = null, string value = null)
    {
        var request = new HttpRequestMessage(method, url);
        if (header != null)
            request.Headers.TryAddWithoutValidation(header, value);
        if (body != null)
        {
            var text = new MemoryStream();
            new XmlSerializer(body.GetType()).Serialize(new StreamWriter(text, new UTF8Encoding(false)), body);
            request.Content = new ByteArrayContent(text.ToArray());
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        }
        return http.SendAsync(request).Result;
    }

    static T Read<T>(HttpResponseMessage answer)
    {
        return (T)new XmlSerializer(typeof(T)).Deserialize(answer.Content.ReadAsStreamAsync().Result);
    }

    // Gives what the round looks at in a task: its id, flag, frequency, dates and notification.
    static string Show(AccountTaskResponse task)
    {
        return string.Join(" ", task.ID, task.Enabled ? "true" : "false", task.Frequency, Text(task.StartDate),
            task.FinishDate.HasValue ? Text(task.FinishDate.Value) : "none", task.Notification);
    }

    static string Text(DateTime date)
    {
        return date.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss");
    }
}
