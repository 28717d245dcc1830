namespace OneEdge.OpenNebula.Tests.Rpc;

/// <summary>Answers in the form that oned has.</summary>
internal static class Answers
{
    public const string Fault = """
        <?xml version="1.0" encoding="UTF-8"?>
        <methodResponse><fault><value><struct><member><name>faultCode</name><value><i4>-506</i4></value></member>
        <member><name>faultString</name><value><string>Method 'one.no.such' not defined</string></value></member></struct></value></fault></methodResponse>
        """;

    public static string Done(string value) => Wrap($"<value><boolean>1</boolean></value>\r\n<value>{value}</value>\r\n<value><i4>0</i4></value>");

    public static string Refused(string message, int code, int id = -1) => Wrap(
        $"<value><boolean>0</boolean></value>\r\n<value><string>{message}</string></value>\r\n<value><i4>{code}</i4></value>\r\n<value><i4>{id}</i4>"
            + $"</value>\r\n<value><i8>-1</i8></value>");

    public static string Wrap(string values) =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<methodResponse>\r\n<params>\r\n<param><value><array><data>\r\n{values}\r\n</data></array>"
            + $"</value></param>\r\n</params>\r\n</methodResponse>\r\n";
}
