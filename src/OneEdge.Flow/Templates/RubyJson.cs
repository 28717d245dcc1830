using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>Writes JSON letter for letter as Ruby does (json 2.6), for the texts of OneFlow that quote a document.</summary>
internal static class RubyJson
{
    public static string Dump(JsonNode? node)
    {
        var target = new StringBuilder();
        Write(target, node);
        return target.ToString();
    }

    private static void Write(StringBuilder target, JsonNode? node)
    {
        switch (node)
        {
            case null:
                target.Append("null");
                break;
            case JsonObject members:
                WriteMembers(target, members);
                break;
            case JsonArray items:
                target.Append('[');
                for (int i = 0; i < items.Count; i++)
                {
                    if (i > 0) target.Append(',');
                    Write(target, items[i]);
                }

                target.Append(']');
                break;
            default:
                WriteValue(target, node);
                break;
        }
    }

    private static void WriteMembers(StringBuilder target, JsonObject members)
    {
        target.Append('{');
        foreach ((string name, JsonNode? value) in members)
        {
            if (target[^1] != '{') target.Append(',');
            WriteText(target, name);
            target.Append(':');
            Write(target, value);
        }

        target.Append('}');
    }

    private static void WriteValue(StringBuilder target, JsonNode value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                WriteText(target, value.GetValue<string>());
                break;
            case JsonValueKind.Number:
                WriteNumber(target, value.ToJsonString());
                break;
            default:
                target.Append(value.ToJsonString());
                break;
        }
    }

    private static void WriteText(StringBuilder target, string text)
    {
        target.Append('"');
        foreach (char c in text)
        {
            string? escape = c switch { '"' => "\\\"", '\\' => "\\\\", '\b' => "\\b", '\f' => "\\f", '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => null };
            if (escape is not null) target.Append(escape);
            else if (c < ' ') target.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else target.Append(c);
        }

        target.Append('"');
    }

    // Ruby keeps integers and prints other numbers in the shortest form, with an exponent below 0.0001 and from 1e16 on.
    private static void WriteNumber(StringBuilder target, string number)
    {
        if (number.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
        {
            target.Append(number == "-0" ? "0" : number);
            return;
        }

        double value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            target.Append(value > 0 ? "Infinity" : "-Infinity");
            return;
        }

        // The shortest digits that give the number again, and where the point stands among them.
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        string digits = shortest.Split('E')[0].TrimStart('-').Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        if (digits.Length == 0) digits = "0";
        int exponent = value == 0 ? 0 : ExponentOf(value);
        if (double.IsNegative(value)) target.Append('-');
        target.Append(exponent switch
        {
            < -4 or >= 16 => string.Create(
                CultureInfo.InvariantCulture, $"{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}"),
            < 0 => $"0.{new string('0', -exponent - 1)}{digits}",
            _ when digits.Length > exponent + 1 => $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}",
            _ => $"{digits.PadRight(exponent + 1, '0')}.0",
        });
    }

    private static int ExponentOf(double value)
    {
        string text = value.ToString("E16", CultureInfo.InvariantCulture);
        return int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }
}
