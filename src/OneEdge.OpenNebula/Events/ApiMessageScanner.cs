using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace OneEdge.OpenNebula;

/// <summary>
/// Reads a message about a call that is no XML because of what the caller sent. The server writes the parts around that in one way only; where they
/// occur more often than there are parameters, what the caller sent imitates them, and the message is refused.
/// </summary>
internal static class ApiMessageScanner
{
    private static ReadOnlySpan<byte> Head => "<HOOK_MESSAGE><HOOK_TYPE>API</HOOK_TYPE><CALL>"u8;

    private static ReadOnlySpan<byte> AfterMethod => "</CALL><CALL_INFO><RESULT>"u8;

    private static ReadOnlySpan<byte> AfterResult => "</RESULT><PARAMETERS>"u8;

    private static ReadOnlySpan<byte> Parameter => "<PARAMETER><POSITION>"u8;

    private static ReadOnlySpan<byte> EndOfValue => "</VALUE></PARAMETER>"u8;

    private static ReadOnlySpan<byte> AfterParameters => "</PARAMETERS><EXTRA>"u8;

    private static ReadOnlySpan<byte> Tail => "</EXTRA></CALL_INFO></HOOK_MESSAGE>"u8;

    public static bool TryScan(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out ApiCalled? call)
    {
        call = null;
        ReadOnlySpan<byte> rest = payload.Span;
        int length = rest.Length;
        if (!TrySkip(ref rest, Head) || !rest.EndsWith(Tail) || !TryCut(ref rest, AfterMethod, out ReadOnlySpan<byte> method)) return false;
        if (!TryCut(ref rest, AfterResult, out ReadOnlySpan<byte> result) || result is not [(byte)'0' or (byte)'1']) return false;
        if (rest.Count(AfterParameters) != 1) return false;
        int start = length - rest.Length;
        int end = start + rest.IndexOf(AfterParameters);
        List<ApiParameter>? inputs = [], outputs = [];
        if (!TryParameters(payload[start..end], inputs, outputs)) return false;
        ReadOnlyMemory<byte> extra = payload[(end + AfterParameters.Length)..^Tail.Length];
        call = new ApiCalled { Method = Encoding.UTF8.GetString(method), Succeeded = result[0] == '1', Inputs = inputs, Outputs = outputs, ExtraXml = extra };
        return true;
    }

    private static bool TryParameters(ReadOnlyMemory<byte> text, List<ApiParameter> inputs, List<ApiParameter> outputs)
    {
        ReadOnlySpan<byte> rest = text.Span;
        int count = rest.Count(Parameter);
        if (rest.Count(EndOfValue) != count) return false;
        while (!rest.IsEmpty)
        {
            bool isInput = outputs.Count == 0 && TrySkip(ref rest, Opening(inputs.Count + 1, "IN"));
            if (!isInput && !TrySkip(ref rest, Opening(outputs.Count + 1, "OUT"))) return false;
            int start = text.Length - rest.Length;
            if (!TryCut(ref rest, EndOfValue, out ReadOnlySpan<byte> value)) return false;
            List<ApiParameter> parameters = isInput ? inputs : outputs;
            parameters.Add(new ApiParameter(parameters.Count + 1, text.Slice(start, value.Length), isText: !isInput && IsText(value)));
        }

        return inputs.Count + outputs.Count == count;
    }

    // The server escapes a message of an error as a CDATA section; everything else in an answer is a number or XML.
    private static bool IsText(ReadOnlySpan<byte> value) => value.StartsWith("<![CDATA["u8) && value.EndsWith("]]>"u8) && value.Count("]]>"u8) == 1;

    private static byte[] Opening(int position, string type) =>
        Encoding.UTF8.GetBytes(FormattableString.Invariant($"<PARAMETER><POSITION>{position}</POSITION><TYPE>{type}</TYPE><VALUE>"));

    private static bool TrySkip(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> expected)
    {
        if (!text.StartsWith(expected)) return false;
        text = text[expected.Length..];
        return true;
    }

    private static bool TryCut(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark, out ReadOnlySpan<byte> before)
    {
        int at = text.IndexOf(mark);
        before = at < 0 ? default : text[..at];
        if (at >= 0) text = text[(at + mark.Length)..];
        return at >= 0;
    }
}
