using System.Collections.Immutable;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>A service that lives in this process: what it is told waits in a queue, and it has a thread only while there is something in it.</summary>
internal sealed partial class ServiceHost : IThreadPoolWorkItem
{
    // A thread is given to others after so much.
    private const int Slice = 64;

    private readonly ServiceHosts _hosts;
    private readonly Lock _gate = new();
    private readonly Queue<Letter> _letters = new(0);
    private ImmutableArray<ServiceWatch> _watches = [];
    private volatile Service _service;
    private bool _isScheduled;
    private bool _isOver;
    private ITimer? _timer;
    private DateTimeOffset? _wake;

    public ServiceHost(ServiceHosts hosts, Service service, DocumentVersion version) => (_hosts, _service, _version) = (hosts, service, version);

    public Service Service => _service;

    private EngineContext Engine => _hosts.Engine;

    /// <summary>The service was just created: carries out what it orders.</summary>
    public void Begin(ImmutableArray<ServiceCommand> commands)
    {
        lock (_gate) _lastWrite = Engine.Time.GetTimestamp();
        FlowTelemetry.Events.Add(1);
        FlowLog.StateChanged(Engine.Logger, _service.Id, _service.State);
        Carry(commands);
    }

    public void Post(ServiceEvent happened) => Post(new Letter(happened, null, null));

    public Task<Refusal?> TellAsync(ServiceEvent happened)
    {
        var answer = new TaskCompletionSource<Refusal?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!Post(new Letter(happened, null, answer))) answer.TrySetException(Ending());
        return answer.Task;
    }

    /// <summary>Watches: each state of the service from now on, the present one first.</summary>
    /// <exception cref="ServiceNotFoundException">It is over.</exception>
    public ServiceWatch Watch()
    {
        lock (_gate)
        {
            if (_isOver) throw new ServiceNotFoundException(_service.Id);
            var watch = new ServiceWatch(this);
            watch.Add(_service);
            _watches = _watches.Add(watch);
            return watch;
        }
    }

    public void Unwatch(ServiceWatch watch)
    {
        lock (_gate) _watches = _watches.Remove(watch);
    }

    public void Execute()
    {
        for (int i = 0; i < Slice; i++)
        {
            Letter letter;
            lock (_gate)
            {
                if (_isOver || !_letters.TryDequeue(out letter))
                {
                    _isScheduled = false;
                    return;
                }
            }

            try
            {
                if (letter.Document is { } document) TakeOver(document);
                else Take(letter.Event!, letter.Answer);
            }
            catch (Exception error)
            {
                // One service that cannot go on hurts no other.
                FlowLog.ServiceFailed(Engine.Logger, _service.Id, letter.Event?.GetType().Name ?? "its document", error);
                letter.Answer?.TrySetException(error);
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Stops where it is; those who wait for something are told.</summary>
    public void Stop() => End(isGone: false);

    private Exception Ending() => Engine.Stopping.IsCancellationRequested ? new FlowEngineInactiveException() : new ServiceNotFoundException(_service.Id);

    private bool Post(Letter letter)
    {
        lock (_gate)
        {
            if (_isOver) return false;
            _letters.Enqueue(letter);
            if (_isScheduled) return true;
            _isScheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    private void Take(ServiceEvent happened, TaskCompletionSource<Refusal?>? answer)
    {
        FlowTelemetry.Events.Add(1);
        Service before = _service;
        Transition transition = ServiceMachine.Step(before, happened, Engine.Time.GetUtcNow(), Engine.Options.Machine);
        if (transition.Refusal is { } refusal)
        {
            FlowTelemetry.Refusals.Add(1);
            answer?.TrySetResult(refusal);
            return;
        }

        _service = transition.Service;
        if (before.State != transition.Service.State) FlowLog.StateChanged(Engine.Logger, before.Id, transition.Service.State);
        Save(transition.IsDocumentChanged, HasOtherStates(before, transition.Service), happened, answer);
        Carry(transition.Commands);
        foreach (ServiceWatch watch in _watches) watch.Add(transition.Service);
        if (happened is DocumentDeleted) End(isGone: true);
        else SetTimer(transition.Service);
        if (transition.Service.IsSynchronized) AskAgain();
    }

    private static bool HasOtherStates(Service before, Service after)
    {
        if (before.State != after.State || before.Roles.Length != after.Roles.Length) return true;
        if (before.Roles == after.Roles) return false;
        for (int i = 0; i < after.Roles.Length; i++)
        {
            if (before.Roles[i].State != after.Roles[i].State) return true;
        }

        return false;
    }

    private void Carry(ImmutableArray<ServiceCommand> commands)
    {
        foreach (ServiceCommand command in commands)
        {
            if (command is DeleteDocument) OrderDeletion();
            else _hosts.Commands.Carry(_service.Id, command);
        }
    }

    /// <summary>
    /// What was granted and not written before the document became another one: whoever asked for it waits still. It is asked for when it is
    /// known again how the service is.
    /// </summary>
    private void AskAgain()
    {
        (ServiceEvent Request, TaskCompletionSource<Refusal?> Answer)[] again;
        lock (_gate)
        {
            if (_again.Count == 0) return;
            again = [.. _again];
            _again.Clear();
        }

        foreach ((ServiceEvent request, TaskCompletionSource<Refusal?> answer) in again) Take(request, answer);
    }

    private void TakeOver(StoredDocument document)
    {
        Service? read = DocumentReading.Read(document, out string? problem);
        if (read is null)
        {
            FlowLog.DocumentUnreadable(Engine.Logger, document.Id, problem!);
            End(isGone: false);
            return;
        }

        FlowLog.TakenOver(Engine.Logger, document.Id);

        // Numbers of readings go on: one that is under way must not be taken for a later one.
        _service = read with { LastReading = _service.LastReading };
        Restart(document);
        _hosts.Commands.Added(_service);
        Take(new ServiceResumed(), null);
    }

    private void End(bool isGone)
    {
        Letter[] left;
        lock (_gate)
        {
            if (_isOver) return;
            _isOver = true;
            left = [.. _letters];
            _letters.Clear();
            _timer?.Dispose();
            _delay?.Dispose();
        }

        // Whoever is told that it is over finds it nowhere.
        _hosts.Remove(this);
        EndSaving(isGone);
        foreach (Letter letter in left) letter.Answer?.TrySetException(isGone ? new ServiceNotFoundException(_service.Id) : Ending());
        foreach (ServiceWatch watch in _watches) watch.End(isGone ? null : Ending());
    }

    private void SetTimer(Service service)
    {
        DateTimeOffset? wake = ServiceMachine.NextWake(service);
        if (wake == _wake && wake is null) return;
        _wake = wake;
        TimeSpan due = wake is null ? Timeout.InfiniteTimeSpan : DueIn(wake.Value);
        lock (_gate)
        {
            if (_isOver) return;
            _timer ??= Engine.Time.CreateTimer(
                static host => ((ServiceHost)host!).Post(new TimePassed()), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    // Timers count whole milliseconds and no more than weeks.
    private TimeSpan DueIn(DateTimeOffset wake) =>
        TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling((wake - Engine.Time.GetUtcNow()).TotalMilliseconds), 0, TimeSpan.MillisecondsPerDay));

    private readonly record struct Letter(ServiceEvent? Event, StoredDocument? Document, TaskCompletionSource<Refusal?>? Answer);
}
