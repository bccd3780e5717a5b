using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Signify.Notifications.Sandbox.Entra;

/// <summary>The key that signs tokens, new in each process. Creating it takes long, so all sandboxes of a process share it.</summary>
internal sealed class TokenKeys
{
    private static readonly Lazy<RSA> Shared = new(() => RSA.Create(2048));

    private readonly RSA _key = Shared.Value;

    public TokenKeys()
    {
        var parameters = _key.ExportParameters(false);
        Modulus = Base64Url.EncodeToString(parameters.Modulus);
        Exponent = Base64Url.EncodeToString(parameters.Exponent);
        KeyId = Base64Url.EncodeToString(SHA256.HashData(parameters.Modulus!).AsSpan(0, 20));
    }

    public string KeyId { get; }

    public string Modulus { get; }

    public string Exponent { get; }

    public string Sign(string text) =>
        Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public bool Verify(string text, byte[] signature) =>
        _key.VerifyData(Encoding.ASCII.GetBytes(text), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
