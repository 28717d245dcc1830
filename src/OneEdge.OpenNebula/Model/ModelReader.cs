using System.Buffers.Text;
using System.Globalization;
using System.Text;
using OneEdge.OpenNebula.Templates;
using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>Reads objects from an answer in one pass. What an object keeps for later are parts of the bytes of the answer, not copies.</summary>
internal ref struct ModelReader
{
    /// <summary>Reads an element from its start to its end.</summary>
    public delegate T ReadElement<out T>(ref ModelReader reader);

    private readonly AnswerText _answer;
    private readonly int _start;
    private Utf8XmlReader _xml;
    private ReadOnlySpan<byte> _object;

    /// <summary>Creates a reader.</summary>
    /// <param name="source">The answer.</param>
    /// <param name="isChecked">Whether its characters are known to be good.</param>
    public ModelReader(ReadOnlyMemory<byte> source, bool isChecked)
    {
        _answer = new AnswerText(source);
        _xml = new Utf8XmlReader(source.Span, isChecked);
        _object = "the answer"u8;
    }

    private ModelReader(AnswerText answer, XmlPart part)
    {
        _answer = answer;
        _start = part.Start;
        _xml = new Utf8XmlReader(part.Bytes.Span, isChecked: true);
        _object = "the answer"u8;
    }

    /// <summary>The name of the element that the reader stands on.</summary>
    public readonly ReadOnlySpan<byte> Name => _xml.Name;

    /// <summary>Reads a document that is one object.</summary>
    public static T Parse<T>(ReadOnlyMemory<byte> xml, bool isChecked = false)
        where T : class, IModel<T>
    {
        var reader = new ModelReader(xml, isChecked);
        return reader.ReadWhole<T>();
    }

    /// <summary>Reads an object that was kept for later; <see langword="null"/> when there is none.</summary>
    public static T? Parse<T>(XmlPart part)
        where T : class, IModel<T>
    {
        if (part.Answer is null) return null;
        var reader = new ModelReader(part.Answer, part);
        return reader.ReadWhole<T>();
    }

    /// <summary>Reads a document whose root does not matter.</summary>
    public T ReadDocument<T>(ReadElement<T> read)
    {
        _xml.Read();
        T value = read(ref this);
        _xml.Read();
        return value;
    }

    /// <summary>Reads a pool: the objects in an element, whatever its name.</summary>
    public static List<T> ParsePool<T>(ReadOnlyMemory<byte> xml, bool isChecked = false)
        where T : class, IModel<T>
    {
        var items = new List<T>();
        var reader = new ModelReader(xml, isChecked);
        reader._xml.Read();
        while (reader.Next())
        {
            if (reader.Is(T.ElementName)) items.Add(T.Read(ref reader));
            else if (items.Count > 0) items[^1] = T.ReadSibling(items[^1], ref reader);
            else reader.Skip();
        }

        reader._xml.Read();
        return items;
    }

    /// <summary>Goes to the next child of the element that was entered; <see langword="false"/> on its end.</summary>
    public bool Next() => _xml.ReadToChild();

    public readonly bool Is(ReadOnlySpan<byte> name) => _xml.Name.SequenceEqual(name);

    /// <summary>Tells messages which object is read.</summary>
    /// <returns>Where its element starts.</returns>
    public int Begin()
    {
        _object = _xml.Name;
        return _xml.Offset - 1;
    }

    /// <summary>The element from its start to where the reader stands.</summary>
    public readonly XmlPart From(int start) => new(_answer, _start + start, _xml.Position - start);

    /// <summary>Passes over an element.</summary>
    public void Skip() => _xml.SkipElement();

    /// <summary>Passes over an element and keeps it.</summary>
    public XmlPart Part()
    {
        int start = _xml.Offset - 1;
        _xml.SkipElement();
        return From(start);
    }

    public string Text() => _xml.ReadString();

    /// <summary>A text that many objects have in common, such as the name of an owner: the same instance for the same text, mostly.</summary>
    public string SharedText() => _answer.Share(_xml.ReadContent());

    public int Int32()
    {
        ReadOnlySpan<byte> name = _xml.Name;
        ReadOnlySpan<byte> text = _xml.ReadContent();
        return TryInt32(text, out int value) ? value : throw NotA("whole number of 32 bits", name);
    }

    /// <summary>A number, or nothing where the element is empty.</summary>
    public int? OptionalInt32()
    {
        ReadOnlySpan<byte> name = _xml.Name;
        ReadOnlySpan<byte> text = _xml.ReadContent();
        if (text.IsEmpty) return null;
        return TryInt32(text, out int value) ? value : throw NotA("whole number of 32 bits", name);
    }

    public long Int64()
    {
        ReadOnlySpan<byte> name = _xml.Name;
        ReadOnlySpan<byte> text = _xml.ReadContent();
        return Utf8Parser.TryParse(text, out long value, out int consumed) && consumed == text.Length ? value : throw NotA("whole number of 64 bits", name);
    }

    /// <summary>A number with or without a fraction.</summary>
    public double Double()
    {
        ReadOnlySpan<byte> name = _xml.Name;
        ReadOnlySpan<byte> text = _xml.ReadContent();
        return Utf8Parser.TryParse(text, out double value, out int consumed) && consumed == text.Length && double.IsFinite(value)
            ? value : throw NotA("number", name);
    }

    /// <summary>The rights, states and ids that are written in hexadecimal.</summary>
    public long Hexadecimal()
    {
        ReadOnlySpan<byte> name = _xml.Name;
        ReadOnlySpan<byte> text = _xml.ReadContent();
        return Utf8Parser.TryParse(text, out long value, out int consumed, 'X') && consumed == text.Length ? value : throw NotA("hexadecimal number", name);
    }

    /// <summary><c>1</c> or <c>YES</c>; everything else is no.</summary>
    public bool YesNo()
    {
        ReadOnlySpan<byte> text = _xml.ReadContent();
        return text.SequenceEqual("1"u8) || Ascii.EqualsIgnoreCase(text, "YES"u8);
    }

    /// <summary>Seconds since 1970; 0 and less, and an empty element, stand for never.</summary>
    public DateTimeOffset? Time()
    {
        ReadOnlySpan<byte> name = _xml.Name;
        ReadOnlySpan<byte> text = _xml.ReadContent();
        if (text.IsEmpty) return null;
        if (!Utf8Parser.TryParse(text, out long seconds, out int consumed) || consumed != text.Length) throw NotA("time in seconds", name);
        if (seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()) throw NotA("time before the year 10000", name);
        return seconds <= 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds);
    }

    /// <summary>The numbers in the <c>ID</c> elements of an element.</summary>
    public IReadOnlyList<int> Ids()
    {
        List<int>? ids = null;
        while (Next())
        {
            if (Is("ID"u8)) (ids ??= []).Add(Int32());
            else Skip();
        }

        return ModelList<int>.Of(ids);
    }

    /// <summary>The objects in an element.</summary>
    public IReadOnlyList<T> Items<T>()
        where T : class, IModel<T>
    {
        var items = default(PooledList<T>);
        while (Next())
        {
            if (Is(T.ElementName)) items.Add(T.Read(ref this));
            else Skip();
        }

        var list = ModelList<T>.Of(items.Items);
        items.Return();
        return list;
    }

    /// <summary>Reads the element that the reader stands on if it is an object of a type; passes over it otherwise.</summary>
    public void Collect<T>(ref List<T>? items)
        where T : class, IModel<T>
    {
        if (Is(T.ElementName)) (items ??= []).Add(T.Read(ref this));
        else Skip();
    }

    /// <summary>The answer is not what it should be. The message quotes nothing of it: a server may send back secrets.</summary>
    public readonly OpenNebulaException Invalid(string what) => new(
        OpenNebulaErrorCodes.ModelInvalid, string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetString(_object)}, byte {_xml.Offset}: {what}."));

    private T ReadWhole<T>()
        where T : class, IModel<T>
    {
        _xml.Read();
        if (!Is(T.ElementName)) throw Invalid($"the element {Encoding.UTF8.GetString(T.ElementName)} was expected");
        T item = T.Read(ref this);
        _xml.Read();
        return item;
    }

    private readonly OpenNebulaException NotA(string what, ReadOnlySpan<byte> name) => Invalid($"{Encoding.UTF8.GetString(name)} is no {what}");

    private static bool TryInt32(ReadOnlySpan<byte> text, out int value) => Utf8Parser.TryParse(text, out value, out int consumed) && consumed == text.Length;
}
