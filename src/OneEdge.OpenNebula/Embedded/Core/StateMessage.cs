namespace OneEdge.OpenNebula.Embedded;

/// <summary>Writes the message about a change of state of a host, an image or a network.</summary>
internal static class StateMessage
{
    public static string Write(string hookObject, string state, CloudObject item, XmlView view) => XmlText.Of(xml =>
    {
        xml.Open("HOOK_MESSAGE");
        xml.Element("HOOK_TYPE", "STATE");
        xml.Element("HOOK_OBJECT", hookObject);
        xml.Element("STATE", state);
        xml.Element("RESOURCE_ID", item.Id);
        xml.Raw(item.ToXml(view));
        xml.Close("HOOK_MESSAGE");
    });
}
