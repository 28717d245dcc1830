namespace OneEdge.OpenNebula;

/// <summary>What every object of OpenNebula has.</summary>
/// <remarks>
/// An object that was read holds on to the bytes of the answer that it came with, and reads its templates from them when they are asked for: keeping one
/// object of a page of a pool keeps the page. Elements that this library does not know are passed over, and found with <see cref="Find"/>.
/// Two objects are equal when everything that this library knows of them is.
/// </remarks>
public abstract record OpenNebulaObject
{
    private readonly RawXml _xml;
    private int _id = -1;
    private string _name = "";
    private LazyTemplate _template;
    private bool _hasId;

    private protected OpenNebulaObject()
    {
    }

    /// <summary>The number that names the object among those of its kind.</summary>
    public int Id
    {
        get => _id;
        init => (_id, _hasId) = (value, true);
    }

    /// <summary>The name.</summary>
    public string Name
    {
        get => _name;
        init => _name = value;
    }

    /// <summary>
    /// What the object is made of, as its creator and the server wrote it. Empty where the answer has none; the short form of virtual machines in pools
    /// holds a few attributes.
    /// </summary>
    public StoredTemplate Template
    {
        get => _template.Get();
        init => _template = new LazyTemplate(value);
    }

    /// <summary>The element as the server sent it, in UTF-8; empty for an object that was not read.</summary>
    public ReadOnlyMemory<byte> Xml => _xml.Bytes;

    private protected RawXml Raw
    {
        init => _xml = value;
    }

    /// <summary>The text of any element of the object, also of one that this library does not know.</summary>
    /// <param name="path">Its path below the object, such as <c>HOST_SHARE/MAX_CPU</c>.</param>
    /// <returns>The text of the first such element; <see langword="null"/> when there is none, or it holds elements.</returns>
    public string? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return XmlPath.Find(Xml.Span, path);
    }

    /// <summary>The kind, the id and the name.</summary>
    public sealed override string ToString() => FormattableString.Invariant($"{EqualityContract.Name} {Id} ({Name})");

    /// <summary>Reads an element that all objects have.</summary>
    /// <returns>Whether it was one.</returns>
    private protected virtual bool ReadCommon(ref ModelReader reader)
    {
        if (reader.Is("ID"u8)) (_id, _hasId) = (reader.Int32(), true);
        else if (reader.Is("NAME"u8)) _name = reader.Text();
        else if (reader.Is("TEMPLATE"u8)) _template = new LazyTemplate(reader.Part());
        else return false;
        return true;
    }

    /// <summary>The value of the first attribute of a name in the template, without reading all of it.</summary>
    private protected string? TemplateValue(string name) => _template.Scalar(name);

    /// <summary>At the end of the element: what every object must have, and the element itself.</summary>
    private protected RawXml Complete(scoped ref ModelReader reader, int start)
    {
        if (!_hasId || _id < 0) throw reader.Invalid("an object without an ID");
        return new RawXml(reader.From(start));
    }
}
