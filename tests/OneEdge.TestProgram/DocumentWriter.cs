using System.Globalization;
using System.Text;
using OneEdge.OpenNebula;
using OneEdge.OpenNebula.Sqlite;

namespace OneEdge.TestProgram;

/// <summary>Writes documents for ever, or counts in one; what it says was acknowledged.</summary>
internal static class DocumentWriter
{
    /// <summary>Creates documents and changes each three times until it is killed.</summary>
    internal static async Task<int> LoopAsync(string file)
    {
        using SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(file);
        Console.WriteLine("ready");
        while (true)
        {
            DocumentRevision document = await store.CreateAsync((DocumentType)1, null, Body(0));
            Say(document.Id, 0);
            for (int n = 1; n <= 3; n++)
            {
                document = await store.UpdateAsync(document.Id, document.Version, Body(n));
                Say(document.Id, n);
            }
        }
    }

    /// <summary>Adds one to the number in a document, some times.</summary>
    internal static async Task<int> CountAsync(string file, int id, int times)
    {
        using SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(file);
        for (int i = 0; i < times; i++) await store.ModifyAsync(id, Next, attempts: 100_000);
        Console.WriteLine("done");
        return 0;
    }

    private static ReadOnlyMemory<byte>? Next(StoredDocument document)
    {
        int n = int.Parse(document.BodyText[5..^1], CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes($$"""{"n":{{n + 1}}}""");
    }

    // Larger than a page of the file, so that half of one would be seen.
    private static string Body(int n) => $$"""{"n":{{n}},"text":"{{new string((char)('a' + n), 6_000)}}"}""";

    private static void Say(int id, int n) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{id} {n}"));
}
