using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>A template of an answer that is read when somebody asks for it. Many threads may ask at once; they get equal templates.</summary>
internal struct LazyTemplate : IEquatable<LazyTemplate>
{
    private readonly XmlPart _part;
    private StoredTemplate? _template;

    public LazyTemplate(XmlPart part) => _part = part;

    public LazyTemplate(StoredTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        _template = template;
    }

    public StoredTemplate Get() => _template ??= StoredTemplate.FromAnswer(_part);

    /// <summary>The value of the first attribute of a name; without reading the whole template when that has not been done.</summary>
    /// <param name="name">The name as it is stored.</param>
    public readonly string? Scalar(string name)
    {
        if (_template is not null) return _template.Get(name);
        if (_part.IsEmpty) return null;
        var reader = new Utf8XmlReader(_part.Bytes.Span, isChecked: true);
        reader.Read();
        while (reader.ReadToChild())
        {
            if (System.Text.Ascii.Equals(reader.Name, name)) return XmlPath.TextOf(ref reader);
            reader.SkipElement();
        }

        return null;
    }

    public bool Equals(LazyTemplate other) => (_template is null && other._template is null && _part.Equals(other._part)) || Get().Equals(other.Get());

    public override bool Equals(object? obj) => obj is LazyTemplate other && Equals(other);

    public override int GetHashCode() => Get().Count;
}
