using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Resources;
using Signify.Notifications.Diagnosis;

namespace Signify.Notifications.Tests.Diagnosis;

/// <summary>A translation is a satellite assembly beside the program, as the build makes it of a file of words: this one is made here.</summary>
public sealed class SatelliteTests : IDisposable
{
    /// <summary>Latin: nobody waits for it to be there.</summary>
    internal const string Culture = "la";

    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public void Dispose() => CultureInfo.CurrentUICulture = _before;

    [Fact]
    public void A_translation_that_lies_beside_the_program_is_spoken_and_falls_back_word_by_word()
    {
        Write(new Dictionary<string, string> { ["server-name-invalid.message"] = "\"{name}\" nomen hospitis non est." });
        CultureInfo.CurrentUICulture = new CultureInfo(Culture);

        var finding = Causes.ServerNameInvalid.Told(("name", "x y"));

        Assert.Equal("\"x y\" nomen hospitis non est.", finding.Message);
        Assert.StartsWith("Type the host name", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_language_without_a_translation_speaks_english()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("fr-CA");

        Assert.StartsWith("\"x y\" is not", Causes.ServerNameInvalid.Told(("name", "x y")).Message, StringComparison.Ordinal);
    }

    private static void Write(Dictionary<string, string> words)
    {
        var program = typeof(Causes).Assembly.GetName();
        var name = new AssemblyName($"{program.Name}.resources") { Version = program.Version, CultureName = Culture };
        var assembly = new PersistedAssemblyBuilder(name, typeof(object).Assembly);
        assembly.DefineDynamicModule(name.Name!);
        var metadata = assembly.GenerateMetadata(out var code, out _);
        metadata.AddManifestResource(ManifestResourceAttributes.Public, metadata.GetOrAddString($"Signify.Notifications.Words.Causes.{Culture}.resources"), default, 0);
        var pe = new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), code, managedResources: Resource(words));
        var file = new BlobBuilder();
        pe.Serialize(file);
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, Culture));
        File.WriteAllBytes(Path.Combine(folder.FullName, $"{name.Name}.dll"), file.ToArray());
    }

    private static BlobBuilder Resource(Dictionary<string, string> words)
    {
        using var content = new MemoryStream();
        using (var writer = new ResourceWriter(content))
        {
            foreach (var (key, value) in words)
            {
                writer.AddResource(key, value);
            }

            writer.Generate();
            var blob = new BlobBuilder();
            blob.WriteInt32((int)content.Length);
            blob.WriteBytes(content.ToArray());
            return blob;
        }
    }
}
