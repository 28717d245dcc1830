using System.Globalization;
using System.Text;
using OneEdge.Files;

namespace OneEdge.TestProgram;

/// <summary>Brings all files of a directory from one version to the next for ever, until it is killed.</summary>
internal static class TransactionLoop
{
    internal static async Task<int> RunAsync(string directory, int count)
    {
        string journals = Path.Combine(directory, "journal");
        await FileTransaction.RecoverAsync(journals);
        string[] files = [.. Enumerable.Range(0, count).Select(i => Path.Combine(directory, "files", string.Create(CultureInfo.InvariantCulture, $"f{i}")))];
        int first = VersionOf(files[0]) + 1;
        for (int version = first; ; version++)
        {
            byte[] content = Content(version);
            FileChange[] changes = [.. files.Select(file => FileChange.Replace(file, ContentHash.Of(File.ReadAllBytes(file)), content))];
            string backup = Path.Combine(directory, "backup", version.ToString(CultureInfo.InvariantCulture));
            await FileTransaction.CommitAsync(changes, new FileTransactionOptions { JournalDirectory = journals, BackupDirectory = backup, Root = directory });
            Directory.Delete(backup, recursive: true);
            // The first one is slow, because it is compiled.
            if (version == first) Console.WriteLine("ready");
        }
    }

    private static int VersionOf(string file) => int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);

    private static byte[] Content(int version) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{version}\n") + new string((char)('a' + (version % 26)), 20_000) + "\n");
}
