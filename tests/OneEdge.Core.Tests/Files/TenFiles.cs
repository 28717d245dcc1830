using System.Globalization;
using System.Text;
using OneEdge.Files;

namespace OneEdge.Core.Tests.Files;

/// <summary>Ten changes over a little tree: seven replacements, two new files (one in a new directory) and a deletion.</summary>
internal sealed class TenFiles
{
    private readonly string _root;
    private readonly Dictionary<string, string?> _old = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _new = new(StringComparer.Ordinal);

    internal TenFiles(string root, IFileStore store)
    {
        _root = root;
        for (int i = 0; i < 7; i++) Add(string.Create(CultureInfo.InvariantCulture, $"etc/one/f{i}"), $"old {i}", $"new {i} {new string('x', 3000)}");
        Add("etc/one/new", null, "created");
        Add("etc/one/sub/deeper/new", null, "created deeper");
        Add("var/gone", "deleted", null);
        store.CreateDirectory(Full("etc"), (UnixFileMode)493);
        store.CreateDirectory(Full("etc/one"), (UnixFileMode)493);
        store.CreateDirectory(Full("var"), (UnixFileMode)493);
        foreach ((string name, string? content) in _old)
        {
            if (content is null) continue;
            using IWritableFile file = store.Create(Full(name), (UnixFileMode)416);
            file.Write(Encoding.ASCII.GetBytes(content));
            file.Flush();
        }

        foreach (string directory in new[] { "", "etc", "etc/one", "var" }) store.FlushDirectory(Full(directory));
    }

    internal string Journals => Full("journal");

    internal FileTransactionOptions Options(IFileStore store) =>
        new() { JournalDirectory = Journals, BackupDirectory = Full("backups/1"), Root = _root, Store = store };

    internal FileChange[] Changes() => [.. _old.Keys.Select(name => (Old: _old[name], New: _new[name], Path: Full(name))).Select(file => file switch
    {
        (null, { } created, _) => FileChange.Create(file.Path, Encoding.ASCII.GetBytes(created), FileStoreSteps.OwnerOnly),
        ({ } old, null, _) => FileChange.Delete(file.Path, ContentHash.Of(Encoding.ASCII.GetBytes(old))),
        _ => FileChange.Replace(file.Path, ContentHash.Of(Encoding.ASCII.GetBytes(file.Old!)), Encoding.ASCII.GetBytes(file.New!)),
    })];

    /// <summary>All old or all new, nothing else in the tree; a backup of every old content if new.</summary>
    internal bool IsNew(IFileStore store)
    {
        bool isNew = store.GetStatus(Full("var/gone")) is null;
        Dictionary<string, string?> expected = isNew ? _new : _old;
        foreach ((string name, string? content) in expected) Assert.Equal(content, Text(store, name));
        string[] known = [.. expected.Where(e => e.Value is not null).Select(e => Full(e.Key))];
        Assert.Equal(known.Order(StringComparer.Ordinal), Tree(store, Full("etc")).Concat(Tree(store, Full("var"))).Order(StringComparer.Ordinal));
        Assert.Empty(Tree(store, Journals));
        if (isNew)
        {
            foreach ((string name, string? content) in _old) Assert.Equal(content, Text(store, "backups/1/" + name));
        }
        else
        {
            Assert.Null(store.GetStatus(Full("etc/one/sub")));
            Assert.Null(store.GetStatus(Full("backups")));
        }

        return isNew;
    }

    private void Add(string name, string? old, string? now)
    {
        _old.Add(name, old);
        _new.Add(name, now);
    }

    internal string Full(string name) => Path.Combine(_root, name).TrimEnd('/');

    private string? Text(IFileStore store, string name) =>
        store.GetStatus(Full(name)) is null ? null : Encoding.ASCII.GetString(store.Read(Full(name), int.MaxValue));

    private static IEnumerable<string> Tree(IFileStore store, string directory) => store.List(directory).Select(name => Path.Combine(directory, name))
        .SelectMany(path => store.GetStatus(path)!.Value.Kind == FileKind.Directory ? Tree(store, path) : [path]);
}
