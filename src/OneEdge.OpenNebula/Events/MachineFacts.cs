using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>What a message about a virtual machine tells beside its states, found in the machine itself.</summary>
internal readonly record struct MachineFacts(string? Service, string? Host)
{
    public static MachineFacts Read(ReadOnlySpan<byte> machine)
    {
        string? service = null, host = null;
        var reader = new Utf8XmlReader(machine, isChecked: true);
        reader.Read();
        while (reader.ReadToChild())
        {
            if (reader.Name.SequenceEqual("USER_TEMPLATE"u8)) service ??= Child(ref reader, "SERVICE_ID"u8);
            else if (reader.Name.SequenceEqual("HISTORY_RECORDS"u8)) host = LastHost(ref reader);
            else reader.SkipElement();
        }

        return new MachineFacts(service, host);
    }

    private static string? LastHost(ref Utf8XmlReader reader)
    {
        string? host = null;
        while (reader.ReadToChild()) host = Child(ref reader, "HOSTNAME"u8) ?? host;
        return host;
    }

    private static string? Child(ref Utf8XmlReader reader, ReadOnlySpan<byte> name)
    {
        string? text = null;
        while (reader.ReadToChild())
        {
            if (text is null && reader.Name.SequenceEqual(name)) text = reader.ReadString();
            else reader.SkipElement();
        }

        return text;
    }
}
