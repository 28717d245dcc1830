using System.Text;
using CsCheck;
using OneEdge.Text;

namespace OneEdge.OpenNebula.Tests.Templates;

public sealed class TemplateLawTests
{
    [Fact]
    public void Random_texts_are_read_as_the_definition_of_the_language_says() =>
        Gen.OneOf(TemplateTexts.Document, TemplateTexts.Soup).Sample(AssertAsDefined, iter: 15_000);

    [Theory]
    [InlineData("A=#\n#]]>\n1")]
    [InlineData("A=\"x\\\"")]
    [InlineData("A=\"x\\\"y\"\nB=1")]
    [InlineData("A=\"x y\"B=1")]
    [InlineData("A=\"x]]>\ny\"")]
    [InlineData("A=\"x\n]]>y\"")]
    [InlineData("A=1 # ]]>\n")]
    [InlineData("A=[B=1,C=2]]>")]
    [InlineData("A=1\n#b=2")]
    public void Tricky_text_is_read_as_the_definition_of_the_language_says(string text) => AssertAsDefined(text);

    [Fact]
    public void Random_documents_are_mostly_in_the_language()
    {
        int read = 0;
        TemplateTexts.Document.Sample(text =>
        {
            if (OpenNebulaTemplate.TryParse(SourceText.From(text), out _, out _)) Interlocked.Increment(ref read);
        }, iter: 1000);
        Assert.InRange(read, 400, 1000);
    }

    [Fact]
    public void What_is_read_comes_back_to_the_last_byte() => TemplateTexts.Document.Sample(text =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (!OpenNebulaTemplate.TryParse(SourceText.FromBytes(bytes), out OpenNebulaTemplate? template, out _)) return;
        if (!template.Source.Span.SequenceEqual(bytes) || template.ToString() != text) throw new InvalidOperationException(text);
    }, iter: 2_000);

    [Fact]
    public void What_is_written_is_read_and_stored_as_it_was_meant() => TemplateTexts.Attribute.Array[0, 8].Sample(attributes =>
    {
        var builder = new OpenNebulaTemplateBuilder();
        foreach (TemplateAttribute attribute in attributes) builder.AddComment("]]> \"\nA=1").Add(attribute);
        OpenNebulaTemplate template = builder.ToTemplate();
        Assert.Empty(template.Diagnostics);
        Assert.Equal(attributes, template);
        Assert.Equal(attributes, ReferenceTemplate.Read(builder.ToString())!);
        var stored = StoredTemplate.Create(attributes);
        Assert.Equal(stored, template.Stored());
        Assert.Equal(stored, StoredTemplate.Parse(template.ToXml()));
        Assert.Equal(stored, stored.ToTemplate().Stored());
    }, iter: 2_000);

    [Fact]
    public void Storing_again_changes_nothing() => TemplateTexts.Document.Sample(text =>
    {
        if (!OpenNebulaTemplate.TryParse(SourceText.From(text), out OpenNebulaTemplate? template, out _)) return;
        StoredTemplate stored = template.Stored();
        Assert.Equal(stored, StoredTemplate.ParseXml(stored.ToXml()));
        if (stored.GetAll("NAME").Count() <= 1) Assert.Equal(stored, StoredTemplate.Parse(stored.ToXml()));
    }, iter: 5_000);

    [Fact]
    public void Setting_is_what_an_update_that_merges_does() => Gen.Select(TemplateTexts.Document, TemplateTexts.Attribute).Sample((text, attribute) =>
    {
        if (Changed(text, t => t.With(attribute)) is not var (template, changed)) return;
        Assert.Equal(template.Stored().Merge(StoredTemplate.Create([attribute])), changed.Stored());
        Assert.Equal(attribute, Assert.Single(changed.GetAll(attribute.Name)));
        Assert.Equal(template.Where(a => a.Name != attribute.Name), changed.Where(a => a.Name != attribute.Name));
        Assert.Same(changed, changed.With(attribute));
    }, iter: 5_000);

    [Fact]
    public void Adding_keeps_every_byte_of_what_was_there() => Gen.Select(TemplateTexts.Document, TemplateTexts.Attribute).Sample((text, attribute) =>
    {
        if (Changed(text, t => t.Add(attribute)) is not var (template, changed)) return;
        Assert.StartsWith(text, changed.ToString(), StringComparison.Ordinal);
        Assert.Equal([.. template, attribute], changed);
    }, iter: 3_000);

    [Fact]
    public void Removing_leaves_the_others_and_no_new_byte() => Gen.Select(TemplateTexts.Document, TemplateTexts.Name).Sample((text, name) =>
    {
        if (Changed(text, t => t.Without(name)) is not var (template, changed)) return;
        string stored = TemplateAttribute.Create(name, "").Name;
        Assert.Equal(template.Where(a => a.Name != stored), changed);
        Assert.True(IsSubsequence(changed.ToString(), text));
    }, iter: 3_000);

    [Fact]
    public void Setting_the_value_of_a_vector_changes_nothing_else() =>
        Gen.Select(TemplateTexts.Document, TemplateTexts.Name, TemplateTexts.Pick("A", "B", "a", "LONG", "NEW"), TemplateTexts.Value)
            .Sample((text, name, item, value) =>
    {
        if (Changed(text, t => t.WithItem(name, item, value)) is not var (_, changed)) return;
        Assert.Equal(value, changed.Vector(name)!.Get(item));
        OpenNebulaTemplate removed = changed.WithoutItem(name, item);
        Assert.Null(removed.Vector(name)!.Get(item));
        Assert.Equal(changed.Vector(name)!.Items.Where(i => !i.Key.Equals(item, StringComparison.OrdinalIgnoreCase)), removed.Vector(name)!.Items);
        Assert.Equal(changed.Count, removed.Count);
    }, iter: 3_000);

    [Fact]
    public void Few_changes_are_refused()
    {
        int refused = 0;
        Gen.Select(TemplateTexts.Document, TemplateTexts.Attribute).Sample((text, attribute) =>
        {
            if (OpenNebulaTemplate.TryParse(SourceText.From(text), out _, out _) && Changed(text, t => t.With(attribute)) is null)
                Interlocked.Increment(ref refused);
        }, iter: 1000);
        Assert.InRange(refused, 0, 50);
    }

    private static void AssertAsDefined(string text)
    {
        List<TemplateAttribute>? expected = ReferenceTemplate.Read(text);
        bool read = OpenNebulaTemplate.TryParse(SourceText.From(text), out OpenNebulaTemplate? template, out IReadOnlyList<Diagnostic> diagnostics);
        if (read != expected is not null) throw new InvalidOperationException($"read: {read}, {string.Join('\n', diagnostics)}");
        if (read && !template!.SequenceEqual(expected!)) throw new InvalidOperationException($"other values: {template!.Stored().ToXml()}");
        if (read == diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error)) throw new InvalidOperationException("errors and a template");
    }

    // Nothing when the text is no template, or when a value without a closing quote would be changed by the quotes of the edit.
    private static (OpenNebulaTemplate Old, OpenNebulaTemplate New)? Changed(string text, Func<OpenNebulaTemplate, OpenNebulaTemplate> change)
    {
        if (!OpenNebulaTemplate.TryParse(SourceText.From(text), out OpenNebulaTemplate? template, out _)) return null;
        try
        {
            return (template, change(template));
        }
        catch (OpenNebulaException e) when (e.Code == OpenNebulaErrorCodes.TemplateUnwritable)
        {
            return null;
        }
    }

    private static bool IsSubsequence(string part, string whole)
    {
        int at = 0;
        foreach (char c in whole)
        {
            if (at < part.Length && part[at] == c) at++;
        }

        return at == part.Length;
    }
}
