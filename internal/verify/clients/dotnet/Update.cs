using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;

// Updates a task three times with one serializer's own types, and prints each answer and what the types made of it:
//
//     update.exe <serializer> <type of dates> <URL of the task>
//
// First without dates, then with the dates that were read, as a client does that changes one field, then with dates of
// this machine's time zone. The variable TOKEN holds the access token.
public static class Update
{
    public static int Main(string[] arguments)
    {
        var serializer = Named(arguments[0]);
        var url = arguments[2];
        if (arguments[1] == "DateTimeOffset")
            new Client<DateTimeOffset>(serializer, url).Run(local => new DateTimeOffset(local));
        else
            new Client<DateTime>(serializer, url).Run(local => local);
        return 0;
    }

    static ISerializer Named(string name)
    {
        switch (name)
        {
            case "Json.NET": return new JsonNet();
            case "JavaScriptSerializer": return new WebExtensions();
            case "XmlSerializer": return new Xml();
        }
        throw new ArgumentException("unknown serializer " + name);
    }
}

public class Client<TDate> where TDate : struct
{
    readonly ISerializer serializer;
    readonly string url;
    readonly HttpClient http = new HttpClient();

    public Client(ISerializer serializer, string url)
    {
        this.serializer = serializer;
        this.url = url;
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("TOKEN"));
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(serializer.MediaType));
    }

    public void Run(Func<DateTime, TDate> date)
    {
        var read = Send(null, null);
        Send(read.StartDate, read.FinishDate);
        Send(date(new DateTime(2026, 7, 1, 9, 30, 0, DateTimeKind.Local)), date(new DateTime(2027, 1, 2, 3, 4, 5, DateTimeKind.Local)));
    }

    AccountTask<TDate> Send(TDate? start, TDate? finish)
    {
        var body = new ByteArrayContent(serializer.Write(new UpdateRequest<TDate>
        {
            Enabled = false,
            TaskID = new Guid("7798c127-7f74-40c6-9bd4-caf4be84ca89"),
            Frequency = Frequency.WEEKLY,
            StartDate = start,
            FinishDate = finish,
            Parameters = "{\"greeting\":\"gr\u00fc\u00df \u20ac <&> \\\"x\\\"\"}",
            ContentType = "application/json",
        }));
        body.Headers.ContentType = new MediaTypeHeaderValue(serializer.MediaType);
        var answer = http.PutAsync(url, body).Result;
        var text = Encoding.UTF8.GetString(answer.Content.ReadAsByteArrayAsync().Result);
        Console.WriteLine("answer {0} {1}", (int)answer.StatusCode, text);
        var task = serializer.Read<Response<TDate>>(text).ResponseData.Detail;
        if (task == null)
        {
            Console.WriteLine("read nothing");
            return new AccountTask<TDate>();
        }
        Console.WriteLine("read {0} {1} {2}", task.ID, Year(task.StartDate), task.FinishDate.HasValue ? Year(task.FinishDate.Value) : "null");
        return task;
    }

    static string Year(TDate date) { return ((IFormattable)date).ToString("yyyy", null); }
}
