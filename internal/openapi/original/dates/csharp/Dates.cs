using System;
using System.Globalization;

// Reads dates of answers and prints each as milliseconds since 1970, or "no bound".
public static class Dates
{
    static DateTimeOffset? ReadDate(string text)
    {
        if (string.IsNullOrEmpty(text) || text.StartsWith("0001-01-01", StringComparison.Ordinal))
            return null; // no bound
        return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }

    public static void Main(string[] arguments)
    {
        foreach (var argument in arguments)
        {
            var date = ReadDate(argument);
            Console.WriteLine(date.HasValue ? date.Value.ToUnixTimeMilliseconds().ToString() : "no bound");
        }
    }
}
