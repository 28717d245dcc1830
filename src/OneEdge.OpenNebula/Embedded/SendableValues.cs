using System.Buffers;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>
/// Tells fast which values a network would carry for sure; whoever finds one that may not be has it written, which gives the error of the connection.
/// </summary>
internal static class SendableValues
{
    private static readonly SearchValues<char> Doubtful = SearchValues.Create(
    [
        .. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (char)c),
        .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c), '\uFFFE', '\uFFFF',
    ]);

    public static bool AreAll(IReadOnlyList<RpcValue> values)
    {
        foreach (RpcValue value in values)
        {
            if (!IsSendable(value)) return false;
        }

        return true;
    }

    private static bool IsSendable(RpcValue value) => value.Kind switch
    {
        RpcValueKind.String => !value.AsString().AsSpan().ContainsAny(Doubtful),
        RpcValueKind.Double or RpcValueKind.Array or RpcValueKind.Struct => false,
        _ => true,
    };
}
