using OneEdge.Testing;

namespace OneEdge.Docs.Tests;

/// <summary>
/// The C# of the documents compiles and runs: every block is the text of a region below <c>Snippets</c>, where it is part of a test.
/// </summary>
public sealed class SnippetTests
{
    /// <summary>Every document of the repository that is written for users.</summary>
    public static TheoryData<string> Documents =>
    [
        .. Markdown(".", SearchOption.TopDirectoryOnly),
        .. Markdown("docs", SearchOption.AllDirectories),
        .. Directory.GetDirectories(Path.Combine(RepositoryRoot.Path, "src"))
            .SelectMany(d => Markdown(Path.Combine("src", Path.GetFileName(d)), SearchOption.TopDirectoryOnly)),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_shows_only_code_that_is_compiled(string document)
    {
        HashSet<string> compiled = [.. Snippet.Regions().Select(r => r.Code)];
        string[] unknown = [.. Snippet.Blocks(document).Where(b => !compiled.Contains(b.Code)).Select(
            b => $"{b.File}({b.Line}): no region below tests/OneEdge.Docs.Tests/Snippets has this text:\n{b.Code}")];
        Assert.True(unknown.Length == 0, string.Join('\n', unknown));
    }

    [Fact]
    public void Compiled_snippet_is_shown_in_a_document()
    {
        HashSet<string> shown = [.. Documents.SelectMany(d => Snippet.Blocks(d.Data)).Select(b => b.Code)];
        string[] unused = [.. Snippet.Regions().Where(r => !shown.Contains(r.Code)).Select(r => $"{r.File}({r.Line})")];
        Assert.True(unused.Length == 0, $"No document shows these regions: {string.Join(", ", unused)}.");
    }

    [Fact]
    public void Readme_shows_code()
    {
        Assert.NotEmpty(Snippet.Blocks("README.md"));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Relative_link_of_a_document_leads_somewhere(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(RepositoryRoot.Path, document))!;
        string[] dead = [.. Links.In(File.ReadAllText(Path.Combine(RepositoryRoot.Path, document))).Where(link => !Path.Exists(Path.Combine(folder, link)))];
        Assert.True(dead.Length == 0, $"{document} links to what is not there: {string.Join(", ", dead)}.");
    }

    private static IEnumerable<string> Markdown(string folder, SearchOption depth)
    {
        string path = Path.GetFullPath(Path.Combine(RepositoryRoot.Path, folder));
        return Directory.Exists(path) ? Directory.GetFiles(path, "*.md", depth).Order(StringComparer.Ordinal)
            .Select(f => Path.GetRelativePath(RepositoryRoot.Path, f)) : [];
    }
}
