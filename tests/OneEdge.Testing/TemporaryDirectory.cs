namespace OneEdge.Testing;

/// <summary>A directory of its own for one test, removed with everything in it.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory() => Path = Directory.CreateTempSubdirectory("oneedge-test-").FullName;

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>An absolute path below the directory.</summary>
    public string this[string relative] => System.IO.Path.Combine(Path, relative.TrimStart('/'));

    /// <summary>Writes a file, with its directories.</summary>
    public string Write(string relative, ReadOnlySpan<byte> content)
    {
        string file = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return file;
    }

    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte})"/>
    public string Write(string relative, string content) => Write(relative, System.Text.Encoding.UTF8.GetBytes(content));

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A test that made a directory read-only must not fail for its own leftovers.
            System.Diagnostics.Trace.WriteLine(e.Message);
        }
    }
}
