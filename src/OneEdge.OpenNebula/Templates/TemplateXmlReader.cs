using System.Text;
using System.Xml;
using OneEdge.Text;

namespace OneEdge.OpenNebula.Templates;

/// <summary>
/// Reads the XML form as the core walks its tree: an element with one text or CDATA section and nothing else is a value; otherwise its first
/// element and those behind it are the values of a vector, each with what text it starts with. All else is dropped. Nothing of a document type is read.
/// </summary>
internal sealed class TemplateXmlReader(TemplateLimits limits)
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private readonly List<TemplateAttribute> _attributes = [];
    private int _values;

    /// <summary>What is wrong.</summary>
    public Diagnostic? Error { get; private set; }

    /// <summary>The attributes in their order, or <see langword="null"/> when there is an error.</summary>
    public IReadOnlyList<TemplateAttribute>? Read(string xml)
    {
        if (xml.Length > limits.MaxBytes)
        {
            Fail(OpenNebulaErrorCodes.TemplateLimit, $"The template has more than {limits.MaxBytes} characters.", null, "raise TemplateLimits.MaxBytes");
            return null;
        }

        using var reader = XmlReader.Create(new StringReader(xml), Settings);
        try
        {
            reader.MoveToContent();
            bool read = ReadRoot(reader);
            while (read && reader.Read())
            {
                // The rest must be well-formed, too.
            }

            return read ? _attributes : null;
        }
        catch (XmlException e)
        {
            LinePosition? place = e.LineNumber > 0 ? new LinePosition(e.LineNumber, e.LinePosition) : Place(reader);
            Fail(OpenNebulaErrorCodes.TemplateXml, "The XML form of the template is malformed or has a document type.", place,
                "balanced elements around plain text or CDATA are expected");
            return null;
        }
    }

    private bool ReadRoot(XmlReader reader)
    {
        if (reader.IsEmptyElement) return true;
        while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element && !ReadAttribute(reader)) return false;
        }

        return true;
    }

    private bool ReadAttribute(XmlReader reader)
    {
        string name = reader.LocalName;
        Content content = default;
        Dictionary<string, string>? items = null;
        if (!reader.IsEmptyElement)
        {
            while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
            {
                if (reader.NodeType != XmlNodeType.Element)
                {
                    content.Add(reader);
                    continue;
                }

                content.Close();
                if (!ReadItem(reader, items ??= [])) return false;
            }
        }

        if (items is not null) _attributes.Add(new TemplateAttribute(TemplateName.Stored(name), [.. items]));
        else if (content.OnlyText is { } value) return Check(reader, name, value) && AddValue(name, value);
        return true;
    }

    private bool AddValue(string name, string value)
    {
        _attributes.Add(new TemplateAttribute(TemplateName.Stored(name), TemplateValue.NormaliseLineEnds(value)));
        return true;
    }

    // The last of those with one name counts: in XML, unlike in key=value.
    private bool ReadItem(XmlReader reader, Dictionary<string, string> items)
    {
        string name = reader.LocalName;
        int depth = reader.Depth;
        Content content = default;
        if (!reader.IsEmptyElement)
        {
            while (reader.Read() && reader.Depth > depth)
            {
                if (reader.Depth > limits.MaxDepth)
                    return Fail(OpenNebulaErrorCodes.TemplateLimit, $"The XML is deeper than {limits.MaxDepth} levels.", Place(reader),
                        "raise TemplateLimits.MaxDepth");
                if (reader.Depth > depth + 1 || reader.NodeType == XmlNodeType.EndElement) continue;
                if (reader.NodeType == XmlNodeType.Element) content.Close();
                else content.Add(reader);
            }
        }

        if (content.FirstText is not { } value) return true;
        items[name] = TemplateValue.NormaliseLineEnds(value);
        return Check(reader, name, value);
    }

    private bool Check(XmlReader reader, string name, string value)
    {
        if (++_values > limits.MaxValues)
            return Fail(OpenNebulaErrorCodes.TemplateLimit, $"The template holds more than {limits.MaxValues} values.", Place(reader),
                "raise TemplateLimits.MaxValues");
        if (name.Length > TemplateName.MaxLength)
            return Fail(OpenNebulaErrorCodes.TemplateXml, $"A name is longer than {TemplateName.MaxLength} bytes.", Place(reader), null);
        string? problem = TemplateValue.Problem(TemplateValue.NormaliseLineEnds(value));
        return problem is null
            || Fail(OpenNebulaErrorCodes.TemplateXml, $"The value of {TemplateValue.Shown(name)} cannot be stored: {problem}.", Place(reader), null);
    }

    private static LinePosition? Place(XmlReader reader) =>
        reader is IXmlLineInfo { LineNumber: > 0 } info ? new LinePosition(info.LineNumber, info.LinePosition) : null;

    private bool Fail(string code, string text, LinePosition? place, string? hint)
    {
        Error = new Diagnostic(code, DiagnosticSeverity.Error, text) { Position = place, Hint = hint };
        return false;
    }

    // What an element holds before its first child element. Text joins the text before it; a CDATA section or a comment stands for itself.
    private struct Content
    {
        private StringBuilder? _text;
        private string? _first;
        private bool _firstIsText;
        private int _nodes;
        private bool _lastIsText;

        /// <summary>The text when the element holds nothing else.</summary>
        public readonly string? OnlyText => _nodes == 1 ? FirstText : null;

        /// <summary>The text that the element starts with.</summary>
        public readonly string? FirstText => _firstIsText ? _text?.ToString() ?? _first : null;

        public void Add(XmlReader reader)
        {
            bool isText = reader.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace;
            if (isText && _lastIsText)
            {
                if (_nodes == 1) (_text ??= new StringBuilder(_first)).Append(reader.Value);
                return;
            }

            _lastIsText = isText;
            if (_nodes++ > 0) return;
            _firstIsText = isText || reader.NodeType == XmlNodeType.CDATA;
            if (_firstIsText) _first = reader.Value;
        }

        public void Close()
        {
            _lastIsText = false;
            _nodes++;
        }
    }
}
