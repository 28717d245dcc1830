using OneEdge.Text;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code of src/OneEdge.Core/README.md.</summary>
public sealed class CoreSnippets
{
    [Fact]
    public void Edit_of_a_source_text_runs()
    {
        // <snippet source-text>
        var text = SourceText.From("PORT = 2633\n", "oned.conf");
        SourceText edited = text.WithEdits([new TextEdit(new TextSpan(7, 4), "2634")]);
        // </snippet>
        Assert.Equal("PORT = 2634\n", edited.ToString());
    }
}
