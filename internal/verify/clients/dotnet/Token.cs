using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Web.Script.Serialization;

// Gets a token with HttpClient, refreshes it if told to, and prints the access token:
//
//     token.exe <origin> <basic|post> <get|refresh>
//
// The variables CLIENT_ID and CLIENT_SECRET hold the credentials.
public static class Token
{
    static readonly string id = Environment.GetEnvironmentVariable("CLIENT_ID");
    static readonly string secret = Environment.GetEnvironmentVariable("CLIENT_SECRET");

    public static void Main(string[] arguments)
    {
        string url = arguments[0] + "/Token";
        bool basic = arguments[1] == "basic";
        var token = Ask(url, basic, new Dictionary<string, string> { { "grant_type", "client_credentials" } });
        if (arguments[2] == "refresh")
        {
            token = Ask(url, basic, new Dictionary<string, string>
            {
                { "grant_type", "refresh_token" }, { "refresh_token", (string)token["refresh_token"] },
            });
        }
        Console.WriteLine(token["access_token"]);
    }

    static Dictionary<string, object> Ask(string url, bool basic, Dictionary<string, string> form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url);
        if (basic)
        {
            var credentials = Uri.EscapeDataString(id) + ":" + Uri.EscapeDataString(secret);
            request.Headers.Authorization =
                new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        }
        else
        {
            form["client_id"] = id;
            form["client_secret"] = secret;
        }
        request.Content = new FormUrlEncodedContent(form);
        var answer = new HttpClient().SendAsync(request).Result;
        var text = answer.Content.ReadAsStringAsync().Result;
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException((int)answer.StatusCode + " " + text);
        return new JavaScriptSerializer().Deserialize<Dictionary<string, object>>(text);
    }
}
