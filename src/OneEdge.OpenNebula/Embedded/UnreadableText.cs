using System.Globalization;
using System.Text;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Texts that XML carries and the XML-RPC library of OpenNebula does not: those with characters above U+FFFF (xmlrpc-c 1.33, src/utf8.c).</summary>
internal static class UnreadableText
{
    public static RpcFault? FaultOf(IEnumerable<RpcValue> values) => values.Select(FaultOf).FirstOrDefault(f => f is not null);

    private static RpcFault? FaultOf(RpcValue value) => value.Kind switch
    {
        RpcValueKind.String => FaultOf(value.AsString()),
        RpcValueKind.Array => FaultOf(value.AsArray()),
        RpcValueKind.Struct => FaultOf(value.AsStruct().Values),
        _ => null,
    };

    private static RpcFault? FaultOf(string text)
    {
        int at = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        if (at < 0) return null;
        // The library prints the byte as a number with a sign.
        int first = (sbyte)Encoding.UTF8.GetBytes(text, at, 2)[0];
        return new RpcFault((int)OpenNebulaErrorKind.MalformedCall, string.Create(
            CultureInfo.InvariantCulture,
            $"Call XML not a proper XML-RPC call.  {Encoding.UTF8.GetByteCount(text)}-byte supposed UTF-8 string is not valid UTF-8.  "
            + $"UTF-8 string contains a character not in the Basic Multilingual Plane (first byte 0x{first:x8})"));
    }
}
