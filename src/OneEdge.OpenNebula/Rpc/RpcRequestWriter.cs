using System.Buffers;
using System.Globalization;
using System.Text;
using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>Writes XML-RPC calls. What it writes is always valid XML, or it refuses.</summary>
internal sealed class RpcRequestWriter
{
    private readonly ArrayBufferWriter<byte> _output = new(512);

    private RpcRequestWriter()
    {
    }

    /// <summary>Writes a call.</summary>
    /// <param name="method">The method, such as <c>one.vm.info</c>.</param>
    /// <param name="parameters">All of its parameters, the session included.</param>
    /// <exception cref="OpenNebulaException">A value cannot be written.</exception>
    public static ReadOnlyMemory<byte> Write(string method, params ReadOnlySpan<RpcValue> parameters)
    {
        CheckMethod(method);
        var writer = new RpcRequestWriter();
        writer.Raw("<?xml version=\"1.0\"?><methodCall><methodName>"u8);
        writer.Text(method, "the name of the method");
        writer.Raw("</methodName><params>"u8);
        for (int i = 0; i < parameters.Length; i++)
        {
            writer.Raw("<param>"u8);
            writer.Value(parameters[i], string.Create(CultureInfo.InvariantCulture, $"parameter {i} of {method}"), depth: 0);
            writer.Raw("</param>"u8);
        }

        writer.Raw("</params></methodCall>"u8);
        return writer._output.WrittenMemory;
    }

    /// <summary>Refuses a name that is no name of a method of XML-RPC.</summary>
    public static void CheckMethod(string method)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        if (method.AsSpan().ContainsAnyExcept(MethodCharacters))
            throw new ArgumentException("The name of a method has letters, digits and any of _ . : / only.", nameof(method));
    }

    private static readonly SearchValues<char> MethodCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:/");

    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Except("<>&"), '\n', '\t']);

    private void Value(RpcValue value, string place, int depth)
    {
        const int deepest = 16;
        if (depth > deepest) Refuse(place, "it is nested too deep");
        Raw("<value>"u8);
        switch (value.Kind)
        {
            case RpcValueKind.String:
                Raw("<string>"u8);
                Text(value.AsString(), place);
                Raw("</string>"u8);
                break;
            case RpcValueKind.Int32:
                Number("i4", value.AsInt32());
                break;
            case RpcValueKind.Int64:
                Number("i8", value.AsInt64());
                break;
            case RpcValueKind.Boolean:
                Raw(value.AsBoolean() ? "<boolean>1</boolean>"u8 : "<boolean>0</boolean>"u8);
                break;
            case RpcValueKind.Double:
                Double(value.AsDouble(), place);
                break;
            case RpcValueKind.Array:
                Array(value, place, depth);
                break;
            default:
                Struct(value, place, depth);
                break;
        }

        Raw("</value>"u8);
    }

    private void Array(RpcValue value, string place, int depth)
    {
        Raw("<array><data>"u8);
        foreach (RpcValue item in value.AsArray()) Value(item, place, depth + 1);
        Raw("</data></array>"u8);
    }

    private void Struct(RpcValue value, string place, int depth)
    {
        Raw("<struct>"u8);
        foreach ((string name, RpcValue member) in value.AsStruct())
        {
            Raw("<member><name>"u8);
            Text(name, place);
            Raw("</name>"u8);
            Value(member, place, depth + 1);
            Raw("</member>"u8);
        }

        Raw("</struct>"u8);
    }

    private void Number(string type, long value) => Ascii(string.Create(CultureInfo.InvariantCulture, $"<{type}>{value}</{type}>"));

    // XML-RPC knows no exponents: the shortest digits that read back the same are written in full.
    private void Double(double value, string place)
    {
        if (!double.IsFinite(value)) Refuse(place, "XML-RPC has no infinite numbers and no NaN");
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        if (exponentAt >= 0)
        {
            string digits = text[..exponentAt].TrimStart('-');
            int exponent = int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = (value < 0 ? "-" : "") + Expand(digits.Replace(".", "", StringComparison.Ordinal), exponent);
        }

        Ascii($"<double>{text}</double>");
    }

    // The first digit stands before the point.
    private static string Expand(string digits, int exponent) => exponent < 0
        ? "0." + new string('0', -exponent - 1) + digits
        : digits.PadRight(exponent + 1, '0');

    private void Text(ReadOnlySpan<char> text, string place)
    {
        while (true)
        {
            int next = text.IndexOfAnyExcept(PlainCharacters);
            if (next < 0)
            {
                Ascii(text);
                return;
            }

            Ascii(text[..next]);
            text = text[next..];
            text = text[Special(text, place)..];
        }
    }

    // A character that is not itself plain ASCII, or needs an escape; the number of UTF-16 units that it has.
    private int Special(ReadOnlySpan<char> text, string place)
    {
        if (Rune.DecodeFromUtf16(text, out Rune rune, out int length) != OperationStatus.Done) Refuse(place, "it has half of a surrogate pair");
        if (!XmlCharacters.IsAllowed((uint)rune.Value)) Refuse(place, $"XML cannot hold its character U+{rune.Value:X4}");
        ReadOnlySpan<byte> escape = rune.Value switch
        {
            '<' => "&lt;"u8,
            '>' => "&gt;"u8,
            '&' => "&amp;"u8,
            '\r' => "&#13;"u8,
            _ => default,
        };
        if (!escape.IsEmpty) Raw(escape);
        else _output.Advance(rune.EncodeToUtf8(_output.GetSpan(4)));
        return length;
    }

    private void Ascii(ReadOnlySpan<char> text) => _output.Advance(Encoding.ASCII.GetBytes(text, _output.GetSpan(Math.Max(text.Length, 1))));

    private void Raw(ReadOnlySpan<byte> bytes) => _output.Write(bytes);

    private static void Refuse(string place, string why) =>
        throw new OpenNebulaException(OpenNebulaErrorCodes.ValueUnwritable, $"The value cannot be sent ({place}): {why}.");
}
