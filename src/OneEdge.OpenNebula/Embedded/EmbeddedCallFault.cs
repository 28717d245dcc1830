namespace OneEdge.OpenNebula;

/// <summary>What happens to a call to an embedded cloud on its way.</summary>
public enum EmbeddedCallFault
{
    /// <summary>Nothing: it arrives and is answered.</summary>
    None,

    /// <summary>It does not arrive (<see cref="OpenNebulaErrorCodes.Unreachable"/>).</summary>
    Unreachable,

    /// <summary>It arrives and is carried out, but its answer is lost (<see cref="OpenNebulaErrorCodes.ConnectionLost"/>).</summary>
    AnswerLost,
}
