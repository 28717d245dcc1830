namespace OneEdge.Flow;

/// <summary>The version of OneFlow whose rules a document is checked with.</summary>
public enum OneFlowRules
{
    /// <summary>OpenNebula 6.10, the reference.</summary>
    Version610,

    /// <summary>OpenNebula 6.0: a role without <c>cardinality</c> has one virtual machine, <c>on_hold</c> and the attributes of roles are not known.</summary>
    Version60,

    /// <summary>OpenNebula 7.4: roles have a <c>type</c>, <c>template_id</c> and <c>template_contents</c>; documents of 6.x are converted.</summary>
    Version74,
}
