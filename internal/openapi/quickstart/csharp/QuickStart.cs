// A first client of the account tasks API. It needs .NET, .NET Framework 4.5 or Mono, and the package Newtonsoft.Json.
//
//     dotnet new console && dotnet add package Newtonsoft.Json && rm Program.cs
//     API=http://127.0.0.1:3000 CLIENT_ID=demo CLIENT_SECRET=demo-secret dotnet run

using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Tasks;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

public static class QuickStart
{
    static readonly string Api = Environment.GetEnvironmentVariable("API") ?? "http://127.0.0.1:3000";
    static readonly string Tasks = Api + "/api/v1/admin/tasks/account";
    static readonly HttpClient Client = new HttpClient { Timeout = TimeSpan.FromSeconds(35) };

    public static void Main()
    {
        Run().GetAwaiter().GetResult();
    }

    static async Task Run()
    {
        // Get a token. It is valid for eight hours: keep it, and send it with every request.
        var granted = await Client.PostAsync(Api + "/Token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            { "grant_type", "client_credentials" },
            { "client_id", Environment.GetEnvironmentVariable("CLIENT_ID") ?? "demo" },
            { "client_secret", Environment.GetEnvironmentVariable("CLIENT_SECRET") ?? "demo-secret" },
        }));
        granted.EnsureSuccessStatusCode();
        var token = JObject.Parse(await granted.Content.ReadAsStringAsync());
        Console.WriteLine("Token: valid for {0} seconds", token["expires_in"]);
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["access_token"]);

        // Register a task. TaskID is an entry of the catalogue, which GET /api/v1/admin/tasks lists.
        var task = new JObject
        {
            { "TaskID", "7798c127-7f74-40c6-9bd4-caf4be84ca89" },
            { "Frequency", "WEEKLY" },
            { "StartDate", "2026-06-01T06:00:00Z" },
            { "Parameters", JsonConvert.SerializeObject(new { report = "usage" }) },
            { "ContentType", "application/json" },
            { "Notification", "ON_FAILURE" },
        };
        var answer = await Call("POST", Api + "/api/v2/admin/tasks/account", task, key: Key());
        if (answer.Status != 200)
            throw new HttpRequestException((string)answer.Error["ErrorReason"]);
        var id = (string)answer.Detail["ID"];
        Console.WriteLine("Registered: {0} {1}", id, answer.Detail["Name"]);

        // Read it. The ETag is the version that was read.
        var url = Tasks + "/" + id;
        answer = await Call("GET", url);
        var etag = answer.Headers.ETag;
        Console.WriteLine("Read: {0}", answer.Detail["Frequency"]);

        // Update it, unless it has changed since it was read. An update replaces every field, so send them all.
        task["Frequency"] = "DAILY";
        var key = Key();
        answer = await Call("PUT", url, task, key, etag);
        Console.WriteLine("Updated: {0}", answer.Detail["Frequency"]);

        // If no answer comes, or a 429 or 5xx, send the same request with the same key again. It is applied once.
        answer = await Call("PUT", url, task, key, etag);
        Console.WriteLine("Repeated: {0} {1}", answer.Status, answer.Headers.GetValues("Idempotency-Replayed").Single());

        // Another update with the old ETag is refused, and the answer shows the task as it is now.
        answer = await Call("PUT", url, task, Key(), etag);
        Console.WriteLine("Changed since: {0} {1}", answer.Status, answer.Detail["Frequency"]);

        // List the account's tasks, page by page. A Link with rel="next" leads to the next page.
        answer = await Call("GET", Tasks + "?count=100&summary=true");
        Console.WriteLine("Listed: {0} tasks", answer.Detail.Count());

        // A request with errors changes nothing, and the reason names all of them.
        var bad = new JObject(task);
        bad["Frequency"] = "FORTNIGHTLY";
        bad["Parameters"] = "{";
        answer = await Call("PUT", url, bad);
        Console.WriteLine("Refused: {0} {1}", answer.Status, answer.Error["ErrorReason"]);

        // Delete it.
        answer = await Call("DELETE", url, key: Key());
        Console.WriteLine("Deleted: {0}", answer.Status);
    }

    class Answer
    {
        public int Status;
        public HttpResponseHeaders Headers;
        public JToken Error, Detail;
    }

    static async Task<Answer> Call(
        string method, string url, JObject body = null, string key = null, EntityTagHeaderValue ifMatch = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (body != null)
            request.Content = new StringContent(body.ToString(), Encoding.UTF8, "application/json");
        if (key != null)
            request.Headers.Add("Idempotency-Key", key);
        if (ifMatch != null)
            request.Headers.IfMatch.Add(ifMatch);
        var answer = await Client.SendAsync(request);
        var envelope = JObject.Parse(await answer.Content.ReadAsStringAsync());
        return new Answer
        {
            Status = (int)answer.StatusCode, Headers = answer.Headers,
            Error = envelope["Error"], Detail = envelope["ResponseData"]["Detail"],
        };
    }

    // Makes an Idempotency-Key: a new one for each change, the same for its repeats.
    static string Key()
    {
        return Guid.NewGuid().ToString();
    }
}
