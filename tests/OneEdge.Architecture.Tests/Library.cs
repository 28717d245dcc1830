using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using OneEdge.Testing;

namespace OneEdge.Architecture.Tests;

/// <summary>One built library, read as data: no code of it is loaded.</summary>
internal sealed class Library : IDisposable
{
    private readonly PEReader _file;

    private Library(string name)
    {
        Name = name;
        Folder = Path.Combine(RepositoryRoot.Path, "src", name);
        _file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, name + ".dll")));
        Metadata = _file.GetMetadataReader();
    }

    public string Name { get; }

    /// <summary>The folder of its sources.</summary>
    public string Folder { get; }

    public MetadataReader Metadata { get; }

    /// <summary>The name of every library: each folder below <c>src</c> with a project of its name.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Directory.GetDirectories(Path.Combine(RepositoryRoot.Path, "src"))
        .Select(d => Path.GetFileName(d))
        .Where(name => File.Exists(Path.Combine(RepositoryRoot.Path, "src", name, name + ".csproj")))
        .Order(StringComparer.Ordinal)];

    /// <summary>The libraries as data of a theory.</summary>
    public static TheoryData<string> Theory => [.. Names];

    public static Library Open(string name) => new(name);

    /// <summary>The code of a method; <see langword="null"/> when it has none.</summary>
    public MethodBodyBlock? Body(MethodDefinition method) =>
        method.RelativeVirtualAddress == 0 ? null : _file.GetMethodBody(method.RelativeVirtualAddress);

    public void Dispose() => _file.Dispose();
}
