using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Signify.Notifications.Microsoft365;

/// <summary>A refusal of the token service, read with care: it may be JSON of Entra, or anything a proxy in between made up.</summary>
internal sealed partial record EntraAnswer(HttpStatusCode Status, string Body)
{
    public string? Error { get; private init; }

    /// <summary>The AADSTS numbers, as Entra orders them.</summary>
    public IReadOnlyList<int> Codes { get; private init; } = [];

    public string? Description { get; private init; }

    public TimeSpan? RetryAfter { get; init; }

    public bool IsJson { get; private init; }

    public static EntraAnswer Read(HttpStatusCode status, string body)
    {
        var answer = new EntraAnswer(status, body);
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? answer.With(json.RootElement) : answer;
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            // Cut off, not JSON at all, or with half a character in it. A number in it still tells something.
            return answer with { Codes = InText(body) };
        }
    }

    /// <summary>Whether a success carries what MSAL needs of it.</summary>
    public static bool HoldsToken(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && Text(json.RootElement, "access_token") is { Length: > 0 }
                && json.RootElement.TryGetProperty("expires_in", out var seconds)
                && int.TryParse(seconds.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The words to show: Entra's own description, else the beginning of what came.</summary>
    public string Words()
    {
        // Cut off or misspelt, it may hold a token all the same.
        var text = Body.Contains("access_token", StringComparison.Ordinal) ? "an answer that is not a token response" : Description ?? Markup().Replace(Body, " ");
        return $"HTTP {(int)Status}{(Error is null ? "" : $" {Error}")}: {text.Trim()}";
    }

    private EntraAnswer With(JsonElement json)
    {
        var description = Text(json, "error_description");
        var codes = json.TryGetProperty("error_codes", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.Number && c.TryGetInt32(out _)).Select(c => c.GetInt32()).ToArray()
            : [];
        return this with
        {
            IsJson = true,
            Error = Text(json, "error"),
            Description = description,
            Codes = codes.Length > 0 ? codes : InText(description ?? ""),
        };
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int[] InText(string text) =>
        [.. Aadsts().Matches(text).Select(m => int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).Distinct()];

    [GeneratedRegex(@"AADSTS(\d{4,9})", RegexOptions.CultureInvariant)]
    private static partial Regex Aadsts();

    [GeneratedRegex(@"<[^>]{0,2000}>|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Markup();
}
