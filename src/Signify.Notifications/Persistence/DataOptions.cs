using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Persistence;

/// <summary>Configuration section <c>Data</c>.</summary>
public sealed class DataOptions
{
    /// <summary>Where the SQLite file and the key ring live. A relative path counts from the program's content root.</summary>
    [Required]
    public string Directory { get; set; } = "data";

    /// <summary>
    /// Starts with an empty database although the folder has the keys of an earlier one. The command line's <c>--new</c> sets it.
    /// </summary>
    public bool New { get; set; }
}
