namespace OneEdge.OpenNebula;

/// <summary>An object does not reach the state that was waited for: it failed, or it took too long.</summary>
public sealed class OpenNebulaStateException : OpenNebulaException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="code"><see cref="OpenNebulaErrorCodes.StateFailed"/> or <see cref="OpenNebulaErrorCodes.StateTimeout"/>.</param>
    /// <param name="kind">The kind of the object.</param>
    /// <param name="id">The id of the object.</param>
    /// <param name="state">The state in which it was seen last.</param>
    /// <param name="message">What was waited for, what became of it, and what OpenNebula says about it.</param>
    /// <param name="objectMessage">What OpenNebula noted at the object.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public OpenNebulaStateException(
        string code, OpenNebulaObjectKind kind, int id, string? state, string message, string? objectMessage = null, Exception? innerException = null)
        : base(code, message, innerException) => (ObjectKind, ObjectId, State, ObjectMessage) = (kind, id, state, objectMessage);

    /// <summary>The kind of the object.</summary>
    public OpenNebulaObjectKind ObjectKind { get; }

    /// <summary>The id of the object.</summary>
    public int ObjectId { get; }

    /// <summary>The state in which it was seen last; <see langword="null"/> when it was never seen.</summary>
    public string? State { get; }

    /// <summary>What OpenNebula noted at the object: the message of the last failure.</summary>
    public string? ObjectMessage { get; }
}
