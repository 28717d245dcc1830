using System.Collections.Immutable;

namespace OneEdge.Flow.Lifecycle;

/// <summary>What an event makes of a service.</summary>
/// <param name="Service">The service after the event.</param>
/// <param name="Commands">What has to be done, in this order where one depends on another.</param>
/// <param name="Refusal">Why a request changed nothing; usually <see langword="null"/>.</param>
/// <param name="IsDocumentChanged">Whether what the document says has changed.</param>
public readonly record struct Transition(Service Service, ImmutableArray<ServiceCommand> Commands, Refusal? Refusal, bool IsDocumentChanged);
