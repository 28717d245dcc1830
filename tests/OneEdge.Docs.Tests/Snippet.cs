using OneEdge.Testing;

namespace OneEdge.Docs.Tests;

/// <summary>A piece of C#: a region of a compiled file below <c>Snippets</c>, or a block of a document.</summary>
/// <param name="File">The file, relative to the repository.</param>
/// <param name="Line">The line of its first line of code, from 1.</param>
/// <param name="Code">The code, without the indentation that all its lines share.</param>
internal sealed record Snippet(string File, int Line, string Code)
{
    private const string RegionStart = "// <snippet ";
    private const string RegionEnd = "// </snippet>";
    private const string BlockStart = "```csharp";
    private const string BlockEnd = "```";

    /// <summary>The regions of every snippet file.</summary>
    public static IReadOnlyList<Snippet> Regions() =>
        [.. Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "tests", "OneEdge.Docs.Tests", "Snippets"), "*.cs").Order(StringComparer.Ordinal).SelectMany(
            f => Read(f, RegionStart, RegionEnd))];

    /// <summary>The C# blocks of a document.</summary>
    /// <param name="document">The file, relative to the repository.</param>
    public static IReadOnlyList<Snippet> Blocks(string document) => [.. Read(Path.Combine(RepositoryRoot.Path, document), BlockStart, BlockEnd)];

    /// <summary>Cuts the pieces between two marks out of a file; a mark stands alone on its line, and nothing nests.</summary>
    internal static IEnumerable<Snippet> Read(string path, string start, string end)
    {
        string file = Path.GetRelativePath(RepositoryRoot.Path, path);
        List<string>? piece = null;
        int number = 0, first = 0;
        foreach (string line in System.IO.File.ReadLines(path))
        {
            number++;
            string mark = line.Trim();
            if (piece is null && mark.StartsWith(start, StringComparison.Ordinal))
            {
                piece = [];
                first = number + 1;
            }
            else if (piece is not null && mark == end)
            {
                yield return new Snippet(file, first, Unindent(piece));
                piece = null;
            }
            else
            {
                piece?.Add(line);
            }
        }

        if (piece is not null) throw new InvalidDataException($"{file}({first - 1}): '{start}' has no '{end}'.");
    }

    private static string Unindent(List<string> lines)
    {
        int indent = lines.Where(l => l.Trim().Length > 0).Select(l => l.Length - l.TrimStart(' ').Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(l => l.Length < indent ? "" : l[indent..].TrimEnd())).Trim('\n');
    }
}
