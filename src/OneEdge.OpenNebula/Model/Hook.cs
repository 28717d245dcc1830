namespace OneEdge.OpenNebula;

/// <summary>A hook: a program that OpenNebula runs after a call or a change of state.</summary>
public sealed record Hook : OpenNebulaObject, IModel<Hook>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public Hook()
    {
    }

    private Hook(ref ModelReader reader)
    {
        int start = reader.Begin();
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("TYPE"u8)) Type = reader.SharedText();
            else if (reader.Is("HOOKLOG"u8)) Executions = reader.Items<HookExecution>();
            else if (reader.Is("LOCK"u8)) Lock = ObjectLock.Read(ref reader);
            else reader.Skip();
        }

        Raw = Complete(ref reader, start);
    }

    /// <summary><c>api</c> or <c>state</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>When it ran last, the latest first; in <c>one.hook.info</c> alone.</summary>
    public IReadOnlyList<HookExecution> Executions { get; init; } = ModelList<HookExecution>.Empty;

    /// <summary>The lock; <see langword="null"/> when it is not locked.</summary>
    public ObjectLock? Lock { get; init; }

    static ReadOnlySpan<byte> IModel<Hook>.ElementName => "HOOK"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>HOOK</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Hook Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<Hook>(xml);

    /// <summary>Reads an element of an answer: <c>HOOK</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Hook ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static Hook IModel<Hook>.Read(ref ModelReader reader) => Read(ref reader);

    internal static Hook Read(ref ModelReader reader) => new(ref reader);
}
