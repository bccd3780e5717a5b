using System.Data.Common;

namespace Signify.Notifications.Persistence;

/// <summary>The keys of the data folder are gone: what is encrypted now could not be decrypted after the next start.</summary>
public sealed class KeysLostException() : DbException("The folder keys/ was deleted or emptied while the program was running.");
