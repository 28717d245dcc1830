using OneEdge.Flow.Documents;

namespace OneEdge.Flow.Client;

/// <summary>A service, as a OneFlow server told of it.</summary>
public sealed record OneFlowService : OneFlowDocument
{
    internal OneFlowService(DocumentAnswer answer)
        : base(answer)
    {
        State = (ServiceState)(LenientJson.Int(answer.Body.Value, "state"u8) ?? 0);
        try
        {
            Service = ServiceMembers.Read(Id, Name, Owner, answer.Body.Value);
        }
        catch (FlowException error)
        {
            Problem = error.Message;
        }
    }

    /// <summary>Reads what a server answers, for tests and for what was kept of it.</summary>
    /// <param name="json">The text: <c>{"DOCUMENT": {...}}</c>.</param>
    /// <exception cref="FlowException">It is no such answer (<see cref="FlowErrorCodes.ClientAnswerInvalid"/>).</exception>
    public static OneFlowService Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return new OneFlowService(DocumentAnswer.ReadOne(DocumentAnswer.Parse(JsonText.ToUtf8(json))));
        }
        catch (FormatException error)
        {
            throw new FlowException(FlowErrorCodes.ClientAnswerInvalid, $"The text is no answer with a service: {error.Message}.", error);
        }
    }

    /// <summary>Its state.</summary>
    public ServiceState State { get; }

    /// <summary>The service; <see langword="null"/> when its body cannot be read as one, see <see cref="Problem"/>.</summary>
    public Service? Service { get; }

    /// <summary>Why the body cannot be read; <see langword="null"/> when it can.</summary>
    public string? Problem { get; }
}
