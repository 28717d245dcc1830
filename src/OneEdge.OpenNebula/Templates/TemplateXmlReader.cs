using System.Text;
using OneEdge.OpenNebula.Xml;
using OneEdge.Text;

namespace OneEdge.OpenNebula.Templates;

/// <summary>
/// Reads the XML form as the core walks its tree: an element with one text or CDATA section and nothing else is a value; otherwise its first
/// element and those behind it are the values of a vector, each with what text it starts with. All else is dropped. Nothing of a document type is read.
/// </summary>
internal sealed class TemplateXmlReader(TemplateLimits limits, AnswerText? answer = null)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private PooledList<TemplateAttribute> _attributes;
    private VectorItems _items;
    private int _values;

    /// <summary>What is wrong.</summary>
    public Diagnostic? Error { get; private set; }

    /// <summary>The attributes in their order, or <see langword="null"/> when there is an error.</summary>
    public TemplateAttribute[]? Read(string xml)
    {
        if (xml.Length > limits.MaxBytes) return TooLong();
        try
        {
            return Read(Strict.GetBytes(xml), isChecked: false);
        }
        catch (EncoderFallbackException e)
        {
            Malformed(Encoding.UTF8.GetBytes(xml), Encoding.UTF8.GetByteCount(xml.AsSpan(0, e.Index)));
            return null;
        }
    }

    /// <summary>The attributes in their order, or <see langword="null"/> when there is an error.</summary>
    /// <param name="xml">The XML in UTF-8.</param>
    /// <param name="isChecked">Whether its characters are known to be good.</param>
    public TemplateAttribute[]? Read(ReadOnlySpan<byte> xml, bool isChecked)
    {
        if (xml.Length > limits.MaxBytes) return TooLong();
        try
        {
            var reader = new Utf8XmlReader(xml, isChecked);
            reader.Read();
            if (!ReadRoot(ref reader, xml)) return null;
            reader.Read();
            return _attributes.Items.ToArray();
        }
        catch (OpenNebulaXmlException e) when (e.Code == OpenNebulaErrorCodes.XmlLimit)
        {
            Fail(OpenNebulaErrorCodes.TemplateLimit, "The XML nests deeper, or has more attributes, than any template.", Place(xml, e.Offset), null);
            return null;
        }
        catch (OpenNebulaXmlException e)
        {
            Malformed(xml, e.Offset);
            return null;
        }
        finally
        {
            _attributes.Return();
            _items.Return();
        }
    }

    private bool ReadRoot(ref Utf8XmlReader reader, ReadOnlySpan<byte> xml)
    {
        while (reader.ReadToChild())
        {
            if (!ReadAttribute(ref reader, xml)) return false;
        }

        return true;
    }

    private bool ReadAttribute(ref Utf8XmlReader reader, ReadOnlySpan<byte> xml)
    {
        ReadOnlySpan<byte> name = reader.Name;
        Content content = default;
        bool isVector = false;
        _items.Clear();
        while (reader.Read())
        {
            content.Add(ref reader);
            if (reader.Kind == XmlTokenKind.EndElement) break;
            if (reader.Kind != XmlTokenKind.StartElement) continue;
            isVector = true;
            if (!ReadItem(ref reader, xml)) return false;
        }

        if (isVector) _attributes.Add(new TemplateAttribute(TemplateName.Stored(Text(name)), _items.ToList()));
        else if (content.OnlyText is { } value) return AddValue(ref reader, xml, Text(name), TemplateValue.NormaliseLineEnds(value));
        return true;
    }

    private bool AddValue(ref Utf8XmlReader reader, ReadOnlySpan<byte> xml, string name, string value)
    {
        if (!Check(ref reader, xml, name, value)) return false;
        _attributes.Add(new TemplateAttribute(TemplateName.Stored(name), value));
        return true;
    }

    // The last of those with one name counts: in XML, unlike in key=value.
    private bool ReadItem(ref Utf8XmlReader reader, ReadOnlySpan<byte> xml)
    {
        ReadOnlySpan<byte> name = reader.Name;
        int depth = reader.Depth;
        Content content = default;
        while (reader.Read())
        {
            bool isInside = reader.Depth == depth || (reader.Kind == XmlTokenKind.StartElement && reader.Depth == depth + 1);
            if (isInside) content.Add(ref reader);
            if (reader.Kind == XmlTokenKind.EndElement && reader.Depth == depth) break;
            if (reader.Kind == XmlTokenKind.StartElement && reader.Depth > limits.MaxDepth)
                return Fail(OpenNebulaErrorCodes.TemplateLimit, $"The XML is deeper than {limits.MaxDepth} levels.", Place(xml, reader.Offset),
                    "raise TemplateLimits.MaxDepth");
        }

        if (content.FirstText is not { } text) return true;
        string value = TemplateValue.NormaliseLineEnds(text);
        string item = Text(name);
        _items.Set(item, value);
        return Check(ref reader, xml, item, value);
    }

    private string Text(ReadOnlySpan<byte> name) => answer is null ? Encoding.UTF8.GetString(name) : answer.Share(name);

    private bool Check(ref Utf8XmlReader reader, ReadOnlySpan<byte> xml, string name, string value)
    {
        if (++_values > limits.MaxValues)
            return Fail(OpenNebulaErrorCodes.TemplateLimit, $"The template holds more than {limits.MaxValues} values.", Place(xml, reader.Offset),
                "raise TemplateLimits.MaxValues");
        if (name.Length > TemplateName.MaxLength)
            return Fail(OpenNebulaErrorCodes.TemplateXml, $"A name is longer than {TemplateName.MaxLength} bytes.", Place(xml, reader.Offset), null);
        string? problem = TemplateValue.Problem(value);
        return problem is null
            || Fail(
                OpenNebulaErrorCodes.TemplateXml, $"The value of {TemplateValue.Shown(name)} cannot be stored: {problem}.", Place(xml, reader.Offset), null);
    }

    private TemplateAttribute[]? TooLong()
    {
        Fail(OpenNebulaErrorCodes.TemplateLimit, $"The template has more than {limits.MaxBytes} characters.", null, "raise TemplateLimits.MaxBytes");
        return null;
    }

    private void Malformed(ReadOnlySpan<byte> xml, int offset) => Fail(
        OpenNebulaErrorCodes.TemplateXml, "The XML form of the template is malformed or has a document type.", Place(xml, offset),
        "balanced elements around plain text or CDATA are expected");

    // A text that is no XML at all, or has a document type, is wrong as a whole.
    private static LinePosition? Place(ReadOnlySpan<byte> xml, int offset)
    {
        if (xml.IsEmpty || xml[offset..].StartsWith("<!DOCTYPE"u8)) return null;
        ReadOnlySpan<byte> before = xml[..offset];
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new LinePosition(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    private bool Fail(string code, string text, LinePosition? place, string? hint)
    {
        Error = new Diagnostic(code, DiagnosticSeverity.Error, text) { Position = place, Hint = hint };
        return false;
    }

    // What an element holds before its first child element. Each text, CDATA section and comment stands for itself.
    private ref struct Content
    {
        private ReadOnlySpan<byte> _first;
        private bool _isText;
        private bool _isCData;
        private int _offset;
        private int _nodes;

        /// <summary>The text when the element holds nothing else.</summary>
        public readonly string? OnlyText => _nodes == 1 ? FirstText : null;

        /// <summary>The text that the element starts with.</summary>
        public readonly string? FirstText => _isText ? XmlTextDecoder.GetString(_first, _isCData, _offset) : null;

        public void Add(ref Utf8XmlReader reader)
        {
            if (reader.HasSkipped) _nodes++;
            if (reader.Kind == XmlTokenKind.EndElement) return;
            if (_nodes++ > 0 || reader.Kind != XmlTokenKind.Text) return;
            (_isText, _isCData, _offset) = (true, reader.IsCData, reader.Offset);
            _first = reader.RawText;

            // Its references are checked also where the text does not count.
            if (!_isCData) XmlTextDecoder.CheckReferences(_first, _offset);
        }
    }
}
