using System.CommandLine;
using OneEdge.Flow;
using OneEdge.Flow.Client;
using OneEdge.Host.Cli;
using OneEdge.Host.One;

namespace OneEdge.Host.Flow;

/// <summary>The option to wait for what follows from a request.</summary>
internal sealed class WaitOption
{
    // Where nothing goes on before somebody does something.
    private static readonly ServiceState[] Rest =
    [
        ServiceState.Running, ServiceState.Warning, ServiceState.Hold, ServiceState.Cooldown, ServiceState.Done, ServiceState.FailedDeploying,
        ServiceState.FailedDeployingNetworks, ServiceState.FailedScaling, ServiceState.FailedUndeploying, ServiceState.FailedUndeployingNetworks,
    ];

    private static readonly ServiceState[] Stuck = [ServiceState.Done, ServiceState.FailedUndeploying, ServiceState.FailedUndeployingNetworks];

    public WaitOption(string description)
    {
        Option = new Option<bool>("--wait") { Description = description };
        Limits.Apply(Timeout, 1, int.MaxValue / 1000);
    }

    public Option<bool> Option { get; }

    public Option<int> Timeout { get; } = new("--timeout")
    {
        Description = "How many seconds to wait at most.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 600,
    };

    /// <summary>Waits until a service comes to rest, and prints its state.</summary>
    /// <returns>The exit code: 1 when it failed, or is not well.</returns>
    public Task<int> UntilAtRestAsync(FlowCall call, int id, CancellationToken cancellationToken) =>
        UntilAsync(call, id, Rest, state => state is ServiceState.Running or ServiceState.Hold or ServiceState.Cooldown, cancellationToken);

    /// <summary>Waits until a service is gone; <see cref="HintException"/> when it does not go.</summary>
    public async Task UntilGoneAsync(FlowCall call, int id, CancellationToken cancellationToken)
    {
        if (await UntilAsync(call, id, Stuck, state => state == ServiceState.Done, cancellationToken) == ExitCode.Done) return;
        throw new HintException(
            HostErrorCodes.NotReached,
            $"Service {One.Text.Of(id)} does not go.",
            $"see: oneedge flow show {One.Text.Of(id)}; then oneedge flow recover {One.Text.Of(id)}");
    }

    private async Task<int> UntilAsync(
        FlowCall call, int id, IReadOnlyCollection<ServiceState> states, Func<ServiceState, bool> isWell, CancellationToken cancellationToken)
    {
        if (!call.Value(Option)) return ExitCode.Done;
        int seconds = call.Value(Timeout);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            ServiceState state = await call.Services.WaitForAsync(id, states, either.Token);
            string shown = state == ServiceState.Done ? "gone" : FlowText.Of(state);
            if (!call.IsJson) await call.Io.Error.WriteLineAsync($"Service {One.Text.Of(id)}: {shown}");
            return isWell(state) ? ExitCode.Done : ExitCode.Partly;
        }
        catch (OneFlowRefusedException error) when (error.Kind == OneFlowRefusal.NotFound && states.Contains(ServiceState.Done))
        {
            // It went before it was looked at.
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HintException(
                HostErrorCodes.NotReached,
                $"Service {One.Text.Of(id)} did not come to rest within {One.Text.Of(seconds)} s.",
                $"see: oneedge flow top {One.Text.Of(id)}");
        }
    }
}
