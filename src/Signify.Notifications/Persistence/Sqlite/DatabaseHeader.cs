using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Signify.Notifications.Persistence.Sqlite;

/// <summary>
/// The first bytes of a database file as they are on the disk (https://sqlite.org/fileformat.html#the_database_header), and its length.
/// </summary>
/// <param name="IsWal">It is a database in write-ahead log mode, as each one that the program has open.</param>
/// <param name="ChangeCounter">Rises with each change of the first page that a checkpoint brings to the file. VACUUM keeps it.</param>
/// <param name="Expected">How long the file is by its own account. While a checkpoint makes it grow it is shorter for a moment.</param>
internal readonly record struct DatabaseHeader(long Length, bool IsWal, uint ChangeCounter, long Expected)
{
    private const int Size = 100;
    private const int Ok = 0;
    private const int ShortRead = 522;
    private const int FilePointer = 7;

    // In sqlite3_io_methods, after iVersion, which takes the room of a pointer.
    private const int ReadMethod = 2;
    private const int FileSizeMethod = 6;

    /// <summary>
    /// Reads through the file that SQLite itself has open: a descriptor of one's own would, when it is closed, release SQLite's locks
    /// (https://sqlite.org/howtocorrupt.html, 2.2).
    /// </summary>
    /// <returns>Null when it cannot be read now.</returns>
    public static DatabaseHeader? Read(SqliteConnection connection)
    {
        nint file = 0;
        if (connection.Handle is not { IsClosed: false } handle
            || FileControl(handle.DangerousGetHandle(), "main", FilePointer, ref file) != Ok || file == 0)
        {
            return null;
        }

        var bytes = new byte[Size];
        return Method<ReadFile>(file, ReadMethod)(file, bytes, Size, 0) is Ok or ShortRead
            && Method<FileSize>(file, FileSizeMethod)(file, out var length) == Ok
            ? Parse(bytes, length)
            : null;
    }

    private static DatabaseHeader Parse(ReadOnlySpan<byte> bytes, long length)
    {
        var pageSize = BinaryPrimitives.ReadUInt16BigEndian(bytes[16..]) is var size and not 1 ? size : 65536L;
        return new DatabaseHeader(
            length,
            bytes.StartsWith("SQLite format 3\0"u8) && bytes[18] == 2 && bytes[19] == 2,
            BinaryPrimitives.ReadUInt32BigEndian(bytes[24..]),
            pageSize * BinaryPrimitives.ReadUInt32BigEndian(bytes[28..]));
    }

    private static T Method<T>(nint file, int index)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(Marshal.ReadIntPtr(Marshal.ReadIntPtr(file), index * nint.Size));

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int ReadFile(nint file, [Out, MarshalAs(UnmanagedType.LPArray, SizeParamIndex = 2)] byte[] buffer, int amount,
        long offset);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int FileSize(nint file, out long size);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", CharSet = CharSet.Ansi, BestFitMapping = false,
        ThrowOnUnmappableChar = true)]
    private static extern int FileControl(nint database, string name, int operation, ref nint result);
}
