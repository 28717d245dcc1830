using OneEdge.OpenNebula.Templates;
using OneEdge.Text;

namespace OneEdge.OpenNebula;

public sealed partial class OpenNebulaTemplate
{
    /// <summary>Gives a name exactly one value: the first attribute of the name takes it, others of the name go; a new one comes at the end.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>The new template.</returns>
    /// <exception cref="OpenNebulaException">The name or the value cannot be written.</exception>
    public OpenNebulaTemplate With(string name, string value) => With(TemplateAttribute.Create(name, value));

    /// <summary>Gives a name exactly one vector: the first attribute of the name takes it, others of the name go; a new one comes at the end.</summary>
    /// <param name="name">The name.</param>
    /// <param name="items">The values of the vector.</param>
    /// <returns>The new template.</returns>
    /// <exception cref="OpenNebulaException">A name or a value cannot be written.</exception>
    public OpenNebulaTemplate WithVector(string name, params ReadOnlySpan<(string Name, string Value)> items) =>
        With(TemplateAttribute.CreateVector(name, items));

    /// <summary>Makes an attribute the only one of its name, as an update of OpenNebula does that merges.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <returns>The new template.</returns>
    /// <exception cref="OpenNebulaException">A name or a value cannot be written.</exception>
    public OpenNebulaTemplate With(TemplateAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        var editor = new TemplateEditor(_syntax);
        int first = _syntax.Find(attribute.Name);
        if (first < 0) return Apply(editor.Append(attribute));
        if (!this[first].Equals(attribute)) editor.Replace(first, attribute);
        return Apply(editor.RemoveAll(attribute.Name, first + 1));
    }

    /// <summary>Adds an attribute at the end, whether or not there are others of its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>The new template.</returns>
    /// <exception cref="OpenNebulaException">The name or the value cannot be written.</exception>
    public OpenNebulaTemplate Add(string name, string value) => Add(TemplateAttribute.Create(name, value));

    /// <summary>Adds a vector at the end, whether or not there are others of its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="items">The values of the vector.</param>
    /// <returns>The new template.</returns>
    /// <exception cref="OpenNebulaException">A name or a value cannot be written.</exception>
    public OpenNebulaTemplate AddVector(string name, params ReadOnlySpan<(string Name, string Value)> items) =>
        Add(TemplateAttribute.CreateVector(name, items));

    /// <summary>Adds an attribute at the end, whether or not there are others of its name.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <returns>The new template.</returns>
    /// <exception cref="OpenNebulaException">A name or a value cannot be written.</exception>
    public OpenNebulaTemplate Add(TemplateAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        return Apply(new TemplateEditor(_syntax).Append(attribute));
    }

    /// <summary>Removes every attribute of a name, with the lines that hold nothing else and a comment behind it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The new template.</returns>
    public OpenNebulaTemplate Without(string name) => Apply(new TemplateEditor(_syntax).RemoveAll(StoredName(name), from: 0));

    /// <summary>Sets one value of the first vector of a name; the vector and the value are made when they are not there.</summary>
    /// <param name="name">The name of the vector.</param>
    /// <param name="item">The name of the value.</param>
    /// <param name="value">The value.</param>
    /// <returns>The new template.</returns>
    /// <exception cref="OpenNebulaException">A name or the value cannot be written.</exception>
    public OpenNebulaTemplate WithItem(string name, string item, string value)
    {
        TemplateAttribute wanted = TemplateAttribute.CreateVector(name, (item, value));
        int found = FindVector(wanted.Name);
        return found < 0 ? Apply(new TemplateEditor(_syntax).Append(wanted)) : Apply(new TemplateEditor(_syntax).SetItem(found, wanted.Items[0].Key, value));
    }

    /// <summary>Removes one value of the first vector of a name.</summary>
    /// <param name="name">The name of the vector.</param>
    /// <param name="item">The name of the value.</param>
    /// <returns>The new template.</returns>
    public OpenNebulaTemplate WithoutItem(string name, string item)
    {
        ArgumentNullException.ThrowIfNull(item);
        int found = FindVector(StoredName(name));
        return found < 0 ? this : Apply(new TemplateEditor(_syntax).RemoveItem(found, TemplateName.Upper(item)));
    }

    private int FindVector(string stored)
    {
        int found = _syntax.Find(stored);
        while (found >= 0 && !_syntax.Nodes[found].IsVector) found = _syntax.Find(stored, found + 1);
        return found;
    }

    // What comes out is read again: a text may hold a quote without an end, which the quotes of an edit would close.
    private OpenNebulaTemplate Apply(TemplateEditor editor)
    {
        if (editor.IsEmpty) return this;
        SourceText text = editor.ToSource();
        if (!TryParse(text, out OpenNebulaTemplate? changed, out IReadOnlyList<Diagnostic> diagnostics, _limits))
            throw TemplateValue.Unwritable($"The template cannot be changed here: the new text would not parse. {diagnostics[^1]}");
        if (editor.FirstDifference(changed._syntax) is { } other)
            throw TemplateValue.Unwritable($"The template cannot be changed here: {other} would be read differently; put its value in quotes first.");
        return changed;
    }
}
