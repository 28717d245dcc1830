namespace OneEdge.Flow;

/// <summary>The stable codes of the errors of OneEdge.Flow; <c>docs/flow.md</c> explains each.</summary>
public static class FlowErrorCodes
{
    /// <summary>Service template: it is not valid; the error lists everything that is wrong.</summary>
    public const string TemplateInvalid = "OEF0001";

    /// <summary>Service document: it cannot be read as one.</summary>
    public const string ServiceUnreadable = "OEF0002";

    /// <summary>Update of a service: it changes something that cannot be changed, or is no JSON.</summary>
    public const string UpdateRefused = "OEF0050";

    /// <summary>Instantiation: a value cannot stand where the template text has its name.</summary>
    public const string ValueUnwritable = "OEF0051";

    /// <summary>Instantiation: the networks of a template, or the values for them, cannot be used.</summary>
    public const string NetworksInvalid = "OEF0052";

    /// <summary>Instantiation: custom attributes of a template have no values, or values of the wrong kind.</summary>
    public const string AttributesInvalid = "OEF0053";

    /// <summary>Instantiation: a template, or what is to be merged into it, cannot be used.</summary>
    public const string InstantiationInvalid = "OEF0054";
}
