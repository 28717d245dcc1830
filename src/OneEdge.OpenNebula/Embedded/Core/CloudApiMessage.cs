using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>
/// Writes the message about a call (OpenNebula 6.10 source, src/hm/HookAPI.cc): XML of parameters stands nested in VALUE, secrets are asterisks.
/// </summary>
internal static class CloudApiMessage
{
    public static string Topic(string method, bool isSuccess) => $"EVENT API {method} {(isSuccess ? 1 : 0)}";

    public static string Write(CloudCall call, IReadOnlyList<RpcValue> result)
    {
        bool isSuccess = result[0].AsBoolean();
        var xml = new XmlText();
        xml.Open("HOOK_MESSAGE");
        xml.Element("HOOK_TYPE", "API");
        xml.Element("CALL", call.Method.Name);
        xml.Open("CALL_INFO");
        xml.Element("RESULT", isSuccess ? 1 : 0);
        xml.Open("PARAMETERS");
        for (int i = 0; i < call.Count; i++) Parameter(xml, i + 1, "IN", () => In(xml, call, i));
        for (int i = 0; i < Math.Min(result.Count, 4); i++) Parameter(xml, i + 1, "OUT", () => Out(xml, result[i], isSuccess));
        xml.Close("PARAMETERS");
        xml.Open("EXTRA");
        if (call.Extra is { } extra) xml.Raw(extra());
        xml.Close("EXTRA");
        xml.Close("CALL_INFO");
        xml.Close("HOOK_MESSAGE");
        return xml.ToString();
    }

    private static void Parameter(XmlText xml, int position, string type, Action value)
    {
        xml.Open("PARAMETER");
        xml.Element("POSITION", position);
        xml.Element("TYPE", type);
        xml.Open("VALUE");
        value();
        xml.Close("VALUE");
        xml.Close("PARAMETER");
    }

    private static void In(XmlText xml, CloudCall call, int index)
    {
        if (index == 0 || call.Method.Hidden.Contains(index))
        {
            xml.Raw("****");
            return;
        }

        RpcValue value = call.Parameters[index];
        switch (value.Kind)
        {
            case RpcValueKind.String:
                Text(xml, value.AsString());
                break;
            case RpcValueKind.Boolean:
                xml.Raw(value.AsBoolean() ? "1" : "0");
                break;
            case RpcValueKind.Array or RpcValueKind.Struct:
                break;
            default:
                xml.Raw(value.ToString());
                break;
        }
    }

    private static void Out(XmlText xml, RpcValue value, bool isSuccess)
    {
        if (value.Kind == RpcValueKind.Boolean) xml.Raw(value.AsBoolean() ? "true" : "false");
        else if (value.Kind != RpcValueKind.String) xml.Raw(value.AsInt64().ToString(CultureInfo.InvariantCulture));
        else if (isSuccess) Text(xml, value.AsString());
        else xml.CData(value.AsString());
    }

    private static void Text(XmlText xml, string value)
    {
        if (value.StartsWith('<')) xml.Raw(value);
        else xml.Escaped(value);
    }
}
