using OneEdge.Files;

namespace OneEdge.Core.Tests.Files;

/// <summary>
/// Files in memory that know what a power failure may take: content that was not flushed, and entries of directories that were not flushed, each
/// on its own by chance.
/// </summary>
internal sealed class MemoryFileStore : IFileStore
{
    private readonly Node _root = Node.NewDirectory();

    internal MemoryFileStore()
    {
    }

    private MemoryFileStore(Node root) => _root = root;

    public FileStatus? GetStatus(string path) => Find(path) is { } node
        ? new FileStatus(node.Entries is null ? FileKind.Regular : FileKind.Directory, node.Content.Length, node.Mode)
        : null;

    public IReadOnlyList<string> List(string directory) => Find(directory)?.Entries?.Keys.ToList() ?? [];

    public byte[] Read(string path, long maxBytes) => Find(path)?.Content ?? throw new FileNotFoundException(path);

    public IWritableFile Create(string path, UnixFileMode mode)
    {
        var node = new Node { Mode = mode };
        if (!EntriesAround(path).TryAdd(Path.GetFileName(path), node)) throw new IOException($"{path} exists");
        return new MemoryFile(this, node);
    }

    public void CreateDirectory(string path, UnixFileMode mode) => EntriesAround(path).TryAdd(Path.GetFileName(path), Node.NewDirectory());

    public void Rename(string from, string to, bool replace)
    {
        Dictionary<string, Node> target = EntriesAround(to);
        if (!replace && target.ContainsKey(Path.GetFileName(to))) throw new IOException($"{to} exists");
        Node node = Find(from) ?? throw new FileNotFoundException(from);
        EntriesAround(from).Remove(Path.GetFileName(from));
        target[Path.GetFileName(to)] = node;
    }

    public void Delete(string path)
    {
        if (Find(path) is not null) EntriesAround(path).Remove(Path.GetFileName(path));
    }

    public void DeleteEmptyDirectory(string path)
    {
        if (Find(path)?.Entries?.Count == 0) EntriesAround(path).Remove(Path.GetFileName(path));
    }

    public void FlushDirectory(string directory)
    {
        Node node = Find(directory) ?? throw new DirectoryNotFoundException(directory);
        node.DurableEntries = new Dictionary<string, Node>(node.Entries!, StringComparer.Ordinal);
    }

    /// <summary>What the disk holds after a power failure.</summary>
    internal MemoryFileStore AfterPowerFailure(Random random) => new(Survivor(_root, random));

    private static Node Survivor(Node node, Random random)
    {
        if (node.Entries is null)
        {
            byte[] content = node.DurableContent is { } durable && durable.AsSpan().SequenceEqual(node.Content) ? durable
                : random.Next(3) switch { 0 => node.DurableContent ?? [], 1 => node.Content, _ => node.Content[..random.Next(node.Content.Length)] };
            return new Node { Mode = node.Mode, Content = content, DurableContent = content };
        }

        // Of the changes of a directory in order, a journalling file system keeps the first ones; what a rename moves is there once.
        var entries = new Dictionary<string, Node>(StringComparer.Ordinal);
        bool keepsNew = random.Next(2) == 0;
        foreach ((string name, Node child) in keepsNew ? node.Entries : node.DurableEntries!) entries[name] = Survivor(child, random);
        return new Node { Mode = node.Mode, Entries = entries, DurableEntries = new Dictionary<string, Node>(entries, StringComparer.Ordinal) };
    }

    private Node? Find(string path)
    {
        Node? node = _root;
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries)) node = node?.Entries?.GetValueOrDefault(part);
        return node;
    }

    private Dictionary<string, Node> EntriesAround(string path) => Find(Path.GetDirectoryName(path)!)?.Entries ?? throw new DirectoryNotFoundException(path);

    private sealed class Node
    {
        internal UnixFileMode Mode { get; set; }

        internal byte[] Content { get; set; } = [];

        internal byte[]? DurableContent { get; set; }

        internal Dictionary<string, Node>? Entries { get; init; }

        internal Dictionary<string, Node>? DurableEntries { get; set; }

        internal static Node NewDirectory() => new() { Entries = new(StringComparer.Ordinal), DurableEntries = new(StringComparer.Ordinal) };
    }

    private sealed class MemoryFile(MemoryFileStore store, Node node) : IWritableFile
    {
        public void Write(ReadOnlySpan<byte> content) => node.Content = [.. node.Content, .. content];

        public void CopyMetadata(string path) => node.Mode = store.Find(path)!.Mode;

        public void Flush() => node.DurableContent = node.Content;

        public void Dispose()
        {
        }
    }
}
