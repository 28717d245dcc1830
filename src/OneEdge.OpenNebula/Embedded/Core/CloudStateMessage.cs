namespace OneEdge.OpenNebula.Embedded;

/// <summary>Writes the message about a change of state of a host, an image or a network.</summary>
internal static class CloudStateMessage
{
    public static string Write(CloudObject item, string state, string? remoteHost, XmlView view) => XmlText.Of(xml =>
    {
        xml.Open("HOOK_MESSAGE");
        xml.Element("HOOK_TYPE", "STATE");
        xml.Element("HOOK_OBJECT", item.Kind.Right);
        xml.Element("STATE", state);
        if (remoteHost is not null) xml.Element("REMOTE_HOST", remoteHost);
        xml.Element("RESOURCE_ID", item.Id);
        xml.Raw(item.ToXml(view));
        xml.Close("HOOK_MESSAGE");
    });
}
