using Microsoft.Extensions.Configuration;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Microsoft365;

/// <summary>The clouds a ruleset can choose from: Microsoft's four and those of configuration.</summary>
public sealed class Clouds
{
    private readonly Dictionary<string, Cloud> _byName;

    /// <exception cref="StartRefusedException">A configured address is not a host or an https address, or a root file is missing.</exception>
    public Clouds(IConfiguration configuration)
    {
        _byName = MicrosoftClouds.All.ToDictionary(c => Key(c.Name));
        foreach (var section in configuration.GetSection("Clouds").GetChildren())
        {
            var known = _byName.GetValueOrDefault(Key(section.Key));
            _byName[Key(section.Key)] = Configured(section.Key, section.Get<CloudOptions>() ?? new CloudOptions(), known);
        }
    }

    public IReadOnlyCollection<Cloud> All => _byName.Values;

    /// <summary>Case and blanks do not count: "GCC High" finds <c>GccHigh</c>.</summary>
    public Cloud? Find(string? name) => name is null ? null : _byName.GetValueOrDefault(Key(name));

    /// <summary>The cloud of settings that are in use. An operator can remove one that they name.</summary>
    /// <exception cref="TransportUnavailableException">There is none of this name any more.</exception>
    public Cloud Get(string? name) => Find(name) ?? throw new TransportUnavailableException(Unknown(name));

    public Finding Unknown(string? name) => Causes.CloudUnknown.Told(("name", name ?? ""),
        ("known", string.Join(", ", All.Select(c => c.Name))));

    private static string Key(string name) => name.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private static Cloud Configured(string name, CloudOptions given, Cloud? known)
    {
        var basis = known ?? MicrosoftClouds.Worldwide with { Name = name, Label = name };
        return basis with
        {
            Authority = Https(name, nameof(given.Authority), given.Authority) ?? basis.Authority,
            SmtpHost = Host(name, given.SmtpHost) ?? basis.SmtpHost,
            SmtpScope = given.SmtpScope ?? basis.SmtpScope,
            Graph = Https(name, nameof(given.Graph), given.Graph) ?? basis.Graph,
            GraphScope = given.GraphScope ?? basis.GraphScope,
            TrustedRoots = Roots(name, given.TrustedRoots) ?? basis.TrustedRoots,
            CheckRevocation = given.CheckRevocation ?? basis.CheckRevocation,
            BuiltIn = false,
        };
    }

    private static Uri? Https(string cloud, string key, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        var text = value.Trim().TrimEnd('/');
        var uri = Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}", UriKind.Absolute, out var parsed) ? parsed : null;
        return uri is { Scheme: "https" }
            ? uri
            : throw new StartRefusedException($"Clouds:{cloud}:{key} is \"{value}\". Give the host alone (login.example.com, with :port if need be) or an https address.");
    }

    private static string? Host(string cloud, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        return Uri.CheckHostName(value.Trim()) != UriHostNameType.Unknown
            ? value.Trim()
            : throw new StartRefusedException($"Clouds:{cloud}:SmtpHost is \"{value}\". Give a host name or an IP address, without a port: the port is a setting of the form.");
    }

    private static string? Roots(string cloud, string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return null;
        }

        if (!File.Exists(path))
        {
            throw new StartRefusedException($"Clouds:{cloud}:TrustedRoots names {path}, and there is no such file. Give the path of a PEM file.");
        }

        // Read now, so that a bad file is told at the start and not at the first connection.
        _ = new ServerTrust(path, checkRevocation: false);
        return path;
    }
}
