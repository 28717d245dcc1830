using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>
/// Reads the answer to an XML-RPC call. Texts are decoded where they lie: the value of a large answer is a part of the bytes that came over
/// the wire, without the escapes of the outer XML.
/// </summary>
internal ref struct RpcAnswerReader
{
    private readonly byte[] _body;
    private Utf8XmlReader _xml;

    private RpcAnswerReader(byte[] body, int length)
    {
        _body = body;
        _xml = new Utf8XmlReader(body.AsSpan(0, length));
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="body">The bytes, which the answer takes over and changes.</param>
    /// <param name="length">How many of them there are.</param>
    /// <exception cref="OpenNebulaXmlException">It is not an answer.</exception>
    public static RpcAnswer Read(byte[] body, int length) => new RpcAnswerReader(body, length).ReadDocument();

    private RpcAnswer ReadDocument()
    {
        if (!_xml.Read() || !_xml.Name.SequenceEqual("methodResponse"u8)) Fail("the answer is not a methodResponse");
        NextChild("the answer is empty");
        RpcAnswer answer;
        if (_xml.Name.SequenceEqual("fault"u8))
        {
            answer = new RpcAnswer(default, RpcFault.TryFrom(ReadOnlyChild()));
            if (answer.Fault is null) Fail("a fault without a code and a text");
        }
        else
        {
            if (!_xml.Name.SequenceEqual("params"u8)) Fail("the answer has neither params nor a fault");
            NextChild("an answer without a value");
            if (!_xml.Name.SequenceEqual("param"u8)) Fail("a param was expected");
            answer = new RpcAnswer(ReadOnlyChild(), null);
            NoMoreChildren();
        }

        NoMoreChildren();
        _xml.Read();
        return answer;
    }

    // From the start of an element with one value to its end.
    private RpcValue ReadOnlyChild()
    {
        NextChild("a value is missing");
        RpcValue value = ReadValue();
        NoMoreChildren();
        return value;
    }

    // From the start of a value to its end.
    private RpcValue ReadValue()
    {
        if (!_xml.Name.SequenceEqual("value"u8)) Fail("a value was expected");
        _xml.Read();
        int start = _xml.Offset, length = 0;
        bool isBlank = true;
        // A text in a value is the value when no type follows, else it is only layout.
        while (_xml.Kind == XmlTokenKind.Text)
        {
            isBlank &= !_xml.IsCData && XmlCharacters.IsSpace(_xml.RawText);
            length += DecodeInPlace(start + length);
            _xml.Read();
        }

        if (_xml.Kind == XmlTokenKind.EndElement) return RpcValue.FromUtf8(_body, start, length);
        if (!isBlank) Fail("a text beside the type of a value");
        RpcValue value = ReadTyped();
        NoMoreChildren();
        return value;
    }

    private RpcValue ReadTyped()
    {
        ReadOnlySpan<byte> type = _xml.Name;
        if (type.SequenceEqual("string"u8)) return ReadText();
        if (type.SequenceEqual("i4"u8) || type.SequenceEqual("int"u8)) return ReadInt32();
        if (type.SequenceEqual("boolean"u8)) return ReadBoolean();
        if (type.SequenceEqual("array"u8)) return ReadArray();
        if (type.SequenceEqual("struct"u8)) return ReadStruct();
        if (type.SequenceEqual("i8"u8)) return ReadInt64();
        if (type.SequenceEqual("double"u8)) return ReadDouble();
        Fail("a value of a type that OpenNebula does not use");
        return default;
    }

    private RpcValue ReadText()
    {
        _xml.Read();
        int start = _xml.Offset, length = 0;
        for (; _xml.Kind != XmlTokenKind.EndElement; _xml.Read())
        {
            if (_xml.Kind != XmlTokenKind.Text) Fail("an element inside a string");
            length += DecodeInPlace(start + length);
        }

        return RpcValue.FromUtf8(_body, start, length);
    }

    // Only bytes that the reader has left behind are overwritten, and no name of an open element.
    private readonly int DecodeInPlace(int destination) => XmlTextDecoder.Decode(_xml.RawText, _xml.IsCData, _body.AsSpan(destination), _xml.Offset);

    private RpcValue ReadInt32()
    {
        ReadOnlySpan<byte> text = XmlTextDecoder.TrimSpace(_xml.ReadContent());
        if (!Utf8Parser.TryParse(text, out int value, out int consumed) || consumed != text.Length) Fail("an i4 that is no number of 32 bits");
        return value;
    }

    private RpcValue ReadInt64()
    {
        ReadOnlySpan<byte> text = XmlTextDecoder.TrimSpace(_xml.ReadContent());
        if (!Utf8Parser.TryParse(text, out long value, out int consumed) || consumed != text.Length) Fail("an i8 that is no number of 64 bits");
        return value;
    }

    private RpcValue ReadDouble()
    {
        ReadOnlySpan<byte> text = XmlTextDecoder.TrimSpace(_xml.ReadContent());
        if (!Utf8Parser.TryParse(text, out double value, out int consumed) || consumed != text.Length || !double.IsFinite(value))
            Fail("a double that is no number");
        return value;
    }

    private RpcValue ReadBoolean()
    {
        ReadOnlySpan<byte> text = XmlTextDecoder.TrimSpace(_xml.ReadContent());
        if (text.Length != 1 || text[0] is not ((byte)'0' or (byte)'1')) Fail("a boolean that is neither 0 nor 1");
        return text[0] == '1';
    }

    private RpcValue ReadArray()
    {
        NextChild("an array without data");
        if (!_xml.Name.SequenceEqual("data"u8)) Fail("an array without data");
        var items = new List<RpcValue>();
        while (_xml.ReadToChild()) items.Add(ReadValue());
        NoMoreChildren();
        return RpcValue.OwnedArray([.. items]);
    }

    private RpcValue ReadStruct()
    {
        var members = new OrderedDictionary<string, RpcValue>(StringComparer.Ordinal);
        while (_xml.ReadToChild())
        {
            if (!_xml.Name.SequenceEqual("member"u8)) Fail("a member was expected");
            NextChild("a member without a name");
            if (!_xml.Name.SequenceEqual("name"u8)) Fail("a member without a name");
            string name = Encoding.UTF8.GetString(_xml.ReadContent());
            if (!members.TryAdd(name, ReadOnlyChild())) Fail("a member stands twice");
        }

        return RpcValue.OwnedStruct(members);
    }

    private void NextChild(string orElse)
    {
        if (!_xml.ReadToChild()) Fail(orElse);
    }

    private void NoMoreChildren()
    {
        if (_xml.ReadToChild()) Fail("an element too many");
    }

    [DoesNotReturn]
    private readonly void Fail(string message) => XmlFailure.Malformed(_xml.Offset, $"not an answer of XML-RPC: {message}");
}
