using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace OneEdge.Flow.Lifecycle;

/// <summary>A service while it is told something: what is replaced is copied once.</summary>
internal sealed class Turn(Service service, DateTimeOffset now, MachineSettings settings)
{
    private Role[]? _roles;
    private ImmutableArray<ServiceCommand>.Builder? _commands;
    private ServiceLogEntry[]? _log;

    /// <summary>The service as it was, with what <see cref="Set(Service)"/> replaced: roles, state and log of this turn are kept apart.</summary>
    public Service Service { get; private set; } = service;

    public ServiceState State { get; set; } = service.State;

    public DateTimeOffset Now { get; } = now;

    public MachineSettings Settings { get; } = settings;

    public bool IsDocumentChanged { get; private set; }

    public ReadOnlySpan<Role> Roles => _roles ?? Service.Roles.AsSpan();

    public DeploymentStrategy Strategy => Service.Definition.Deployment;

    /// <summary>Replaces the service, not its roles. What a document does not have is replaced without saving it.</summary>
    public void Set(Service value)
    {
        Service = value;
        IsDocumentChanged = true;
    }

    public void SetUnsaved(Service value) => Service = value;

    public int Find(string role)
    {
        ReadOnlySpan<Role> roles = Roles;
        for (int i = 0; i < roles.Length; i++)
        {
            if (roles[i].Name == role) return i;
        }

        return -1;
    }

    /// <summary>Replaces a role; its state follows. What a document has of it has changed.</summary>
    public void Set(int index, Role role)
    {
        IsDocumentChanged = true;
        SetUnsaved(index, role);
    }

    /// <summary>Replaces a role of which the document changes only when its state does.</summary>
    public void SetUnsaved(int index, Role role)
    {
        // Before everything was read, a state would be a guess: the last one known stays.
        if (Service.IsSynchronized && RoleStates.Of(role) is var state && state != role.State)
        {
            role = role with { State = state };
            IsDocumentChanged = true;
        }

        _roles ??= [.. Service.Roles];
        _roles[index] = role;
    }

    public void SetNode(int role, int node, RoleNode value)
    {
        // It happens most of all: the role is copied once, with the state that it has then.
        Role changed = Roles[role];
        ImmutableArray<RoleNode> nodes = changed.Nodes.SetItem(node, value);
        RoleState state = Service.IsSynchronized ? RoleStates.Of(changed, nodes) : changed.State;
        IsDocumentChanged |= state != changed.State;
        _roles ??= [.. Service.Roles];
        _roles[role] = changed with { Nodes = nodes, State = state };
    }

    public void AddRole(Role role)
    {
        IsDocumentChanged = true;
        _roles = [.. Roles, role];
    }

    public void RemoveRole(int index)
    {
        IsDocumentChanged = true;
        _roles = [.. Roles[..index], .. Roles[(index + 1)..]];
    }

    public void Order(ServiceCommand command) => (_commands ??= ImmutableArray.CreateBuilder<ServiceCommand>()).Add(command);

    /// <summary>Orders that all of the service is read.</summary>
    public void OrderReading()
    {
        Service = Service with { LastReading = Service.LastReading + 1 };
        Order(new Synchronize(Service.LastReading));
    }

    /// <summary>Orders a reading before which nothing more is created.</summary>
    public void RequireReading()
    {
        OrderReading();
        Service = Service with { IsSynchronized = false, NeededReading = Service.LastReading };
    }

    public void Log(string severity, string message)
    {
        IsDocumentChanged = true;
        ReadOnlySpan<ServiceLogEntry> kept = _log ?? Service.Log.AsSpan();
        _log = [.. kept[Math.Max(0, kept.Length + 1 - Service.MaxLogEntries)..], new ServiceLogEntry(Now, severity, message)];
    }

    public Transition Finish()
    {
        Service result = Service;
        if (_roles is not null || _log is not null)
        {
            result = result with
            {
                State = State,
                Roles = _roles is null ? result.Roles : ImmutableCollectionsMarshal.AsImmutableArray(_roles),
                Log = _log is null ? result.Log : ImmutableCollectionsMarshal.AsImmutableArray(_log),
            };
        }

        return new Transition(result, _commands?.DrainToImmutable() ?? ImmutableArray<ServiceCommand>.Empty, null, IsDocumentChanged);
    }
}
