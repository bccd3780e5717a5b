using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>A security key in software: WebAuthn with ES256 and no attestation, and the browser's part of the answer.</summary>
internal sealed class SoftwareAuthenticator(string origin) : IDisposable
{
    private const byte PresentAndVerified = 0x05;
    private const byte WithCredential = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private byte[] _user = [];
    private uint _count;

    public string Create(string optionsJson)
    {
        using var options = JsonDocument.Parse(optionsJson);
        _user = Base64Url.DecodeFromChars(options.RootElement.GetProperty("user").GetProperty("id").GetString());
        var client = ClientData("webauthn.create", options);
        var data = AuthenticatorData(options.RootElement.GetProperty("rp").GetProperty("id").GetString()!, withKey: true);
        // {"fmt": "none", "attStmt": {}, "authData": data} in CBOR.
        byte[] attestation = [0xa3, .. CborText("fmt"), .. CborText("none"), .. CborText("attStmt"), 0xa0, .. CborText("authData"), .. CborBytes(data)];
        return JsonSerializer.Serialize(new
        {
            id = Base64Url.EncodeToString(_id),
            rawId = Base64Url.EncodeToString(_id),
            type = "public-key",
            authenticatorAttachment = "platform",
            clientExtensionResults = new { },
            response = new
            {
                clientDataJSON = Base64Url.EncodeToString(client),
                attestationObject = Base64Url.EncodeToString(attestation),
                transports = (string[])["internal"],
            },
        });
    }

    public string Get(string optionsJson, bool forge = false)
    {
        using var options = JsonDocument.Parse(optionsJson);
        var client = ClientData("webauthn.get", options);
        var data = AuthenticatorData(options.RootElement.GetProperty("rpId").GetString()!, withKey: false);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = (forge ? other : _key).SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return JsonSerializer.Serialize(new
        {
            id = Base64Url.EncodeToString(_id),
            rawId = Base64Url.EncodeToString(_id),
            type = "public-key",
            clientExtensionResults = new { },
            response = new
            {
                clientDataJSON = Base64Url.EncodeToString(client),
                authenticatorData = Base64Url.EncodeToString(data),
                signature = Base64Url.EncodeToString(signature),
                userHandle = Base64Url.EncodeToString(_user),
            },
        });
    }

    public void Dispose() => _key.Dispose();

    private byte[] ClientData(string type, JsonDocument options) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type,
        challenge = options.RootElement.GetProperty("challenge").GetString(),
        origin,
        crossOrigin = false,
    });

    private byte[] AuthenticatorData(string relyingParty, bool withKey)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, ++_count);
        byte[] head = [.. SHA256.HashData(Encoding.UTF8.GetBytes(relyingParty)), (byte)(PresentAndVerified | (withKey ? WithCredential : 0)), .. count];
        return withKey ? [.. head, .. new byte[16], 0, (byte)_id.Length, .. _id, .. CosePublicKey()] : head;
    }

    /// <summary>{1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} in CBOR.</summary>
    private byte[] CosePublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, .. CborBytes(point.X!), 0x22, .. CborBytes(point.Y!)];
    }

    private static byte[] CborText(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] CborBytes(byte[] bytes) => [0x58, (byte)bytes.Length, .. bytes];
}
