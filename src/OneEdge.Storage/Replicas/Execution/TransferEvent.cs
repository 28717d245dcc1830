namespace OneEdge.Storage.Replicas;

/// <summary>Something that happened while a plan was carried out.</summary>
public abstract record TransferEvent
{
    private protected TransferEvent()
    {
    }
}

/// <summary>A plan begins.</summary>
/// <param name="Plan">The plan.</param>
public sealed record TransferStarted(TransferPlan Plan) : TransferEvent;

/// <summary>A step begins.</summary>
/// <param name="Index">Its place in the plan, from 0.</param>
/// <param name="Step">The step.</param>
public sealed record StepStarted(int Index, TransferStep Step) : TransferEvent;

/// <summary>A step is left out, because a former run of the same plan has done it.</summary>
/// <param name="Index">Its place in the plan, from 0.</param>
/// <param name="Step">The step.</param>
public sealed record StepSkipped(int Index, TransferStep Step) : TransferEvent;

/// <summary>Data of a step are on their way.</summary>
/// <param name="Index">Its place in the plan, from 0.</param>
/// <param name="Bytes">How many bytes have been copied.</param>
/// <param name="TotalBytes">How many there are; <see langword="null"/> when that is not known.</param>
/// <param name="BytesPerSecond">The mean rate since the step began.</param>
public sealed record TransferProgress(int Index, long Bytes, long? TotalBytes, double BytesPerSecond) : TransferEvent;

/// <summary>A step is done.</summary>
/// <param name="Index">Its place in the plan, from 0.</param>
/// <param name="Step">The step.</param>
/// <param name="Duration">How long it took.</param>
public sealed record StepFinished(int Index, TransferStep Step, TimeSpan Duration) : TransferEvent;

/// <summary>Something is done differently from what one may expect.</summary>
/// <param name="Text">What and why.</param>
public sealed record TransferNote(string Text) : TransferEvent;

/// <summary>The plan is carried out.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Duration">How long it took.</param>
public sealed record TransferFinished(TransferPlan Plan, TimeSpan Duration) : TransferEvent;
