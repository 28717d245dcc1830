using OneEdge.OpenNebula;

namespace OneEdge.Fuzz.Targets;

/// <summary>Answers over XML-RPC.</summary>
internal sealed class AnswerTarget : FuzzTarget
{
    private const string Start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<methodResponse>\r\n<params>\r\n<param><value>";
    private const string End = "</value></param>\r\n</params>\r\n</methodResponse>\r\n";

    public override string Name => "answer";

    public override IReadOnlyList<string> Seeds { get; } =
    [
        Start + "<array><data>\r\n<value><boolean>1</boolean></value>\r\n<value><string>&lt;VM&gt;&lt;ID&gt;5&lt;/ID&gt;&lt;/VM&gt;</string></value>\r\n"
            + "<value><i4>0</i4></value>\r\n</data></array>" + End,
        Start + "<array><data><value><boolean>0</boolean></value><value>no</value><value><i4>512</i4></value><value><int>-1</int></value>"
            + "<value><i8>-1</i8></value></data></array>" + End,
        Start + "<struct><member><name>a</name><value><double>1.5</double></value></member></struct>" + End,
        "<methodResponse><fault><value><struct><member><name>faultCode</name><value><i4>-506</i4></value></member>"
            + "<member><name>faultString</name><value><string>no</string></value></member></struct></value></fault></methodResponse>",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "<value>", "</value>", "<array>", "</array>", "<data>", "</data>", "<struct>", "</struct>", "<member>", "</member>", "<name>", "</name>", "<string>",
        "</string>", "<i4>", "</i4>",
        "<i8>", "</i8>", "<int>", "<boolean>", "<double>", "<nil/>", "<base64>", "&lt;", "&amp;", "&#x0;", "<![CDATA[", "]]>", "2147483648", "-1", "1e999",
        "NaN", " ", "\r\n", "1", "0",
    ];

    public override bool Execute(byte[] input, Chance chance)
    {
        byte[] body = [.. input];
        RpcAnswer answer;
        try
        {
            answer = RpcAnswerReader.Read(body, body.Length);
        }
        catch (OpenNebulaXmlException)
        {
            return false;
        }

        if (answer.Fault is not null) return true;
        // What was read can be sent, and comes back as the same value.
        string call = System.Text.Encoding.UTF8.GetString(RpcRequestWriter.Write("m", answer.Value).Span);
        string value = call[call.IndexOf("<value>", StringComparison.Ordinal)..(call.LastIndexOf("</value>", StringComparison.Ordinal) + "</value>".Length)];
        byte[] again = System.Text.Encoding.UTF8.GetBytes($"<methodResponse><params><param>{value}</param></params></methodResponse>");
        OracleException.Check(RpcAnswerReader.Read(again, again.Length).Value == answer.Value, "a value survives being sent", () => Show(value));
        return true;
    }
}
