namespace OneEdge.OpenNebula.Embedded;

/// <summary>A user or a group: who owns things, and how much of them.</summary>
/// <param name="kind">Which of the two.</param>
/// <param name="id">The id.</param>
/// <param name="name">The name.</param>
/// <param name="defaults">The limits of everybody of the kind.</param>
internal abstract class CloudOwner(ObjectKind kind, int id, string name, QuotaBook defaults) : CloudObject(kind, id, name)
{
    public QuotaBook Quotas { get; } = QuotaBook.OfOwner();

    /// <summary>Whether there is any limit, own or of everybody.</summary>
    public bool IsLimited => Quotas.HasLimits || defaults.HasLimits;

    /// <summary>Why it may not use more; <see langword="null"/> when it may.</summary>
    public string? Problem(QuotaUsage wanted) =>
        Quotas.Problem(wanted, defaults) is { } problem ? FormattableString.Invariant($"{Kind.Word} [{Id}] {problem}") : null;

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open(Kind.Element);
        WriteBody(xml, view);
        Quotas.Write(xml);
        WriteDefaults(xml, Kind, defaults);
        xml.Close(Kind.Element);
    }

    public override void WriteInPool(XmlText xml, XmlView view)
    {
        xml.Open(Kind.Element);
        WriteBody(xml, view);
        xml.Close(Kind.Element);
        xml.Open("QUOTAS");
        xml.Element("ID", Id);
        Quotas.Write(xml);
        xml.Close("QUOTAS");
    }

    /// <summary>Writes the limits of everybody of a kind.</summary>
    public static void WriteDefaults(XmlText xml, ObjectKind kind, QuotaBook defaults)
    {
        xml.Open($"DEFAULT_{kind.Element}_QUOTAS");
        defaults.Write(xml);
        xml.Close($"DEFAULT_{kind.Element}_QUOTAS");
    }

    /// <summary>Writes what stands before the quotas.</summary>
    protected abstract void WriteBody(XmlText xml, XmlView view);
}
