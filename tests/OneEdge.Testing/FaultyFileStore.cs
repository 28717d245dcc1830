using OneEdge.Files;

namespace OneEdge.Testing;

/// <summary>The machine died; nothing can be done any more.</summary>
public sealed class MachineDiedException : Exception;

/// <summary>A file store that fails at the n-th step that changes anything (a write is half done then).</summary>
public sealed class FaultyFileStore(IFileStore inner, int failAt, bool dies) : IFileStore
{
    private bool _isDead;

    public int Steps { get; private set; }

    public FileStatus? GetStatus(string path) => Alive().GetStatus(path);

    public IReadOnlyList<string> List(string directory) => Alive().List(directory);

    public byte[] Read(string path, long maxBytes) => Alive().Read(path, maxBytes);

    public IWritableFile Create(string path, UnixFileMode mode) => new FaultyFile(this, Step(() => inner.Create(path, mode)));

    public void CreateDirectory(string path, UnixFileMode mode) => Step(() => inner.CreateDirectory(path, mode));

    public void Rename(string from, string to, bool replace) => Step(() => inner.Rename(from, to, replace));

    public void Delete(string path) => Step(() => inner.Delete(path));

    public void DeleteEmptyDirectory(string path) => Step(() => inner.DeleteEmptyDirectory(path));

    public void FlushDirectory(string directory) => Step(() => inner.FlushDirectory(directory));

    private IFileStore Alive() => _isDead ? throw new MachineDiedException() : inner;

    private void Step(Action action, Action? half = null) => Step(
        () =>
        {
            action();
            return true;
        },
        half);

    private T Step<T>(Func<T> action, Action? half = null)
    {
        Alive();
        if (++Steps != failAt) return action();
        half?.Invoke();
        _isDead = dies;
        throw dies ? new MachineDiedException() : new IOException("No space left on device", 28);
    }

    private sealed class FaultyFile(FaultyFileStore store, IWritableFile inner) : IWritableFile
    {
        public void Write(ReadOnlySpan<byte> content)
        {
            byte[] copy = content.ToArray();
            store.Step(() => inner.Write(copy), half: () => inner.Write(copy.AsSpan(0, copy.Length / 2)));
        }

        public void CopyMetadata(string path) => store.Step(() => inner.CopyMetadata(path));

        public void TakeOwnership(string directory) => store.Step(() => inner.TakeOwnership(directory));

        public void Flush() => store.Step(inner.Flush);

        public void Dispose() => inner.Dispose();
    }
}
