namespace OneEdge.Flow;

/// <summary>The stable codes of the errors of OneEdge.Flow; <c>docs/flow.md</c> explains each.</summary>
public static class FlowErrorCodes
{
    /// <summary>Service template: it is not valid; the error lists everything that is wrong.</summary>
    public const string TemplateInvalid = "OEF0001";

    /// <summary>Service document: it cannot be read as one.</summary>
    public const string ServiceUnreadable = "OEF0002";

    /// <summary>Elasticity: a text is no expression.</summary>
    public const string ExpressionInvalid = "OEF0101";
}
