using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>How a call ended, and what came back.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Id">The id that came back.</param>
/// <param name="Error">What was said.</param>
internal readonly record struct CallOutcome(Attempt Outcome, int Id, string Error)
{
    /// <summary>Makes a call.</summary>
    public static async Task<CallOutcome> OfAsync(Func<Task<int>> call)
    {
        try
        {
            return new CallOutcome(Attempt.Done, await call().ConfigureAwait(false), "");
        }
        catch (OpenNebulaTransportException error)
        {
            return new CallOutcome(error.IsRetrySafe ? Attempt.NotSent : Attempt.Uncertain, -1, error.Message);
        }
        catch (OpenNebulaCallException error)
        {
            return new CallOutcome(error.Kind == OpenNebulaErrorKind.NoExists ? Attempt.NotThere : Attempt.Refused, -1, error.ServerMessage);
        }
        catch (OneEdgeException error)
        {
            return new CallOutcome(Attempt.Refused, -1, error.Message);
        }
    }

    public static Task<CallOutcome> OfAsync(Func<Task> call) => OfAsync(async () =>
    {
        await call().ConfigureAwait(false);
        return -1;
    });

    /// <summary>Makes a call, again and again while it does not arrive.</summary>
    /// <param name="call">The call.</param>
    /// <param name="backoff">The pauses.</param>
    /// <param name="attempts">How often it is tried at most.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<CallOutcome> RepeatAsync(Func<Task<int>> call, Backoff backoff, int attempts, CancellationToken cancellationToken)
    {
        while (true)
        {
            CallOutcome outcome = await OfAsync(call).ConfigureAwait(false);
            if (outcome.Outcome != Attempt.NotSent || backoff.Attempts + 1 >= attempts) return outcome;
            await backoff.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
