using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Signify.Notifications.Tests.Servers;

/// <summary>What the app of the stub has under Certificates &amp; secrets, and what Entra says of anything else.</summary>
public sealed class StubCredentials
{
    private const string FederationAudience = "api://AzureADTokenExchange";

    private readonly ConcurrentDictionary<string, bool> _secrets = new(new Dictionary<string, bool> { [StubCloud.Secret] = true });

    /// <summary>Certificates whose public part was uploaded.</summary>
    public ConcurrentBag<X509Certificate2> Certificates { get; } = [];

    /// <summary>Subjects of federated credentials.</summary>
    public ConcurrentBag<string> Federated { get; } = [];

    public void Add(string secret) => _secrets[secret] = true;

    public void Expire(string secret) => _secrets[secret] = false;

    public void Remove(string secret) => _secrets.TryRemove(secret, out _);

    /// <returns>The AADSTS number; null when the token is issued.</returns>
    public int? Refusal(IReadOnlyDictionary<string, string> form)
    {
        if (form.GetValueOrDefault("client_assertion") is { } assertion)
        {
            return OfAssertion(assertion);
        }

        return _secrets.TryGetValue(form.GetValueOrDefault("client_secret") ?? "", out var alive) ? alive ? null : 7000222 : 7000215;
    }

    private int? OfAssertion(string assertion)
    {
        var parts = assertion.Split('.');
        var body = Json(parts[1]);
        if (body.GetProperty("aud").GetString() == FederationAudience)
        {
            return Federated.Contains(body.GetProperty("sub").GetString()!) ? null : 700213;
        }

        var issuedBySelf = body.GetProperty("iss").GetString() == StubCloud.Client && body.GetProperty("sub").GetString() == StubCloud.Client;
        var header = Json(parts[0]);
        var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        var padding = header.GetProperty("alg").GetString() == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        var signature = Base64Url.DecodeFromChars(parts[2]);
        return issuedBySelf && Certificates.Any(c => c.GetRSAPublicKey()!.VerifyData(signed, signature, HashAlgorithmName.SHA256, padding)) ? null : 700027;
    }

    private static JsonElement Json(string part) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(part));
}
