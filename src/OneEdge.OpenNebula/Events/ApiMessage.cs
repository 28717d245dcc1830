using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>A <c>HOOK_MESSAGE</c> about a call.</summary>
internal ref struct ApiMessage
{
    private readonly ReadOnlyMemory<byte> _payload;
    private readonly List<ApiParameter> _inputs = [];
    private readonly List<ApiParameter> _outputs = [];
    private string? _method;
    private string? _result;
    private ReadOnlyMemory<byte> _extra;
    private bool _hasExtra;

    private ApiMessage(ReadOnlyMemory<byte> payload) => _payload = payload;

    /// <exception cref="OpenNebulaException">The message is not what it should be.</exception>
    public static ApiCalled Decode(in HookTopic topic, ReadOnlyMemory<byte> payload)
    {
        XmlCharacters.Check(payload.Span);
        ApiCalled call;
        try
        {
            call = Read(payload);
        }
        catch (OpenNebulaXmlException) when (ApiMessageScanner.TryScan(payload, out ApiCalled? scanned))
        {
            // What a caller sent is published as it is: an '&' in a template is enough to make the message no XML.
            call = scanned;
        }

        if (!topic.Call.SequenceEqual(call.Method) || topic.Succeeded != call.Succeeded)
            throw HookMessageDecoder.Invalid("topic and payload name different calls");
        return call;
    }

    private static ApiCalled Read(ReadOnlyMemory<byte> payload)
    {
        var reader = new Utf8XmlReader(payload.Span, isChecked: true);
        reader.Read();
        if (!reader.Name.SequenceEqual("HOOK_MESSAGE"u8)) throw HookMessageDecoder.Invalid("its payload is no HOOK_MESSAGE");
        var message = new ApiMessage(payload);
        while (reader.ReadToChild())
        {
            if (reader.Name.SequenceEqual("CALL"u8)) Set(ref message._method, ref reader);
            else if (reader.Name.SequenceEqual("CALL_INFO"u8)) message.ReadInfo(ref reader);
            else reader.SkipElement();
        }

        reader.Read();
        return message.ToEvent();
    }

    private readonly ApiCalled ToEvent()
    {
        if (_method is null || _result is not ("0" or "1")) throw HookMessageDecoder.Invalid("it does not tell how which call ended");
        return new ApiCalled { Method = _method, Succeeded = _result == "1", Inputs = _inputs, Outputs = _outputs, ExtraXml = _extra };
    }

    private void ReadInfo(ref Utf8XmlReader reader)
    {
        while (reader.ReadToChild())
        {
            if (reader.Name.SequenceEqual("RESULT"u8)) Set(ref _result, ref reader);
            else if (reader.Name.SequenceEqual("PARAMETERS"u8)) ReadParameters(ref reader);
            else if (reader.Name.SequenceEqual("EXTRA"u8)) ReadExtra(ref reader);
            else reader.SkipElement();
        }
    }

    private readonly void ReadParameters(ref Utf8XmlReader reader)
    {
        while (reader.ReadToChild())
        {
            if (reader.Name.SequenceEqual("PARAMETER"u8)) ReadParameter(ref reader);
            else reader.SkipElement();
        }
    }

    private readonly void ReadParameter(ref Utf8XmlReader reader)
    {
        int position = 0;
        bool? isInput = null, hasElements = null;
        ReadOnlyMemory<byte> value = default;
        while (reader.ReadToChild())
        {
            if (reader.Name.SequenceEqual("POSITION"u8))
            {
                position = reader.ReadInt32();
            }
            else if (reader.Name.SequenceEqual("TYPE"u8))
            {
                ReadOnlySpan<byte> type = reader.ReadContent();
                isInput = type.SequenceEqual("IN"u8) ? true : type.SequenceEqual("OUT"u8) ? false : null;
            }
            else if (reader.Name.SequenceEqual("VALUE"u8))
            {
                value = _payload[XmlRange.SkipContent(ref reader, out bool inside)];
                hasElements = inside;
            }
            else
            {
                reader.SkipElement();
            }
        }

        if (isInput is null || hasElements is null) throw HookMessageDecoder.Invalid("a parameter in it has no type or no value");
        List<ApiParameter> parameters = isInput.Value ? _inputs : _outputs;
        if (position != parameters.Count + 1) throw HookMessageDecoder.Invalid("the parameters in it are not in order");
        parameters.Add(new ApiParameter(position, value, isText: !hasElements.Value));
    }

    private void ReadExtra(ref Utf8XmlReader reader)
    {
        if (_hasExtra) throw HookMessageDecoder.Invalid("a part of it stands twice");
        _hasExtra = true;
        Range content = XmlRange.SkipContent(ref reader, out bool hasElements);
        if (hasElements) _extra = _payload[content];
    }

    private static void Set(ref string? part, ref Utf8XmlReader reader)
    {
        if (part is not null) throw HookMessageDecoder.Invalid("a part of it stands twice");
        part = reader.ReadString();
    }
}
