using System.Collections.Immutable;
using System.Text;
using OneEdge.OpenNebula;
using OneEdge.Text;

namespace OneEdge.Flow.Instantiation;

/// <summary>What is asked of the cloud for a new virtual machine of a role.</summary>
public sealed record VmOrder
{
    private const string Context = "CONTEXT";

    /// <summary>The id of the template.</summary>
    public required int TemplateId { get; init; }

    /// <summary>The name of the virtual machine.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is created on hold.</summary>
    public bool OnHold { get; init; }

    /// <summary>The template text that is put over the template; with <see cref="References"/> still in it.</summary>
    public required string ExtraTemplate { get; init; }

    /// <summary>The attributes of the template that are kept beside those of the text (<c>APPEND</c>); see <see cref="WithAppended"/>.</summary>
    public ImmutableArray<string> Appended { get; init; } = [];

    /// <summary>The <c>${role.path}</c> in <see cref="ExtraTemplate"/>; see <see cref="Fill"/>.</summary>
    public ImmutableArray<ParentReference> References { get; init; } = [];

    /// <summary>Puts the values of parents' virtual machines in.</summary>
    /// <param name="value">
    /// The text at a path (<c>TEMPLATE/NIC/IP</c>, anywhere in its document) of a virtual machine; <see langword="null"/> when there is none.
    /// </param>
    /// <returns>The order without references; one that nobody has a value for is empty, as with the original.</returns>
    /// <exception cref="FlowException">A value cannot stand where its reference does (<see cref="FlowErrorCodes.ValueUnwritable"/>).</exception>
    public VmOrder Fill(Func<int, string, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (References.IsEmpty) return this;
        ILookup<string, ParentReference> references = References.ToLookup(r => r.Text, StringComparer.Ordinal);
        string Find(string text) =>
            references[text].SelectMany(r => r.VmIds.Select(id => value(id, r.Path))).FirstOrDefault(found => !string.IsNullOrEmpty(found)) ?? "";
        return this with { ExtraTemplate = ContentsText.PutReferences(ExtraTemplate, Find), References = [] };
    }

    /// <summary>
    /// Puts the attributes in front that <see cref="Appended"/> names. A virtual machine has one context only: that of the template goes into that of the text,
    /// whose values count.
    /// </summary>
    /// <param name="template">The template of the virtual machine.</param>
    /// <exception cref="FlowException">A value cannot be written (<see cref="FlowErrorCodes.ValueUnwritable"/>).</exception>
    public VmOrder WithAppended(StoredTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (Appended.IsEmpty) return this;
        var text = new StringBuilder();
        string extra = ExtraTemplate;
        foreach (TemplateAttribute attribute in Appended.SelectMany(template.GetAll))
        {
            if (attribute is { Name: Context, IsVector: true } && WithContext(extra, attribute) is { } merged)
            {
                extra = merged;
                continue;
            }

            if (!attribute.IsVector) text.Append(attribute.Name).Append('=').Append(Quoted(attribute.Name, attribute.Value!)).Append('\n');
            else if (attribute.Items.Count > 0) text.Append(attribute.Name).Append("=[\n").AppendJoin(",\n", attribute.Items.Select(Item)).Append(" ]\n");
        }

        return this with { ExtraTemplate = text.Append(extra).ToString(), Appended = [] };
    }

    // Nothing when the text has no context, or is none that can be read.
    private static string? WithContext(string extra, TemplateAttribute context)
    {
        if (!OpenNebulaTemplate.TryParse(SourceText.From(extra), out OpenNebulaTemplate? text, out _)) return null;
        if (text.Vector(Context) is not { } own) return null;
        foreach ((string name, string value) in context.Items)
        {
            if (!own.Items.Any(item => item.Key.Equals(name, StringComparison.OrdinalIgnoreCase))) text = text.WithItem(Context, name, value);
        }

        return text.ToString();
    }

    private static string Item(KeyValuePair<string, string> item) => $"  {item.Key}={Quoted(item.Key, item.Value)}";

    private static string Quoted(string name, string value)
    {
        var text = new ContentsWriter();
        text.Literal($"{name}=\"");
        text.Value($"the value of '{name}'", value, "\"");
        text.Literal("\"");
        return text.ToString()[(name.Length + 1)..];
    }
}

/// <summary>A <c>${role.path}</c> in the template text of a virtual machine.</summary>
/// <param name="Text">What stands between the braces.</param>
/// <param name="VmIds">The virtual machines of the parent, the first that has a value counts; none when it is no parent, or there is no path.</param>
/// <param name="Path">The path of names, upper case, with <c>/</c> between them.</param>
public sealed record ParentReference(string Text, ImmutableArray<int> VmIds, string Path);
