using System.Globalization;

namespace OneEdge.Flow.Client;

/// <summary>What one who watches a service was told of it, so that nothing is told twice, however it was learnt.</summary>
/// <param name="id">The id of the service.</param>
internal sealed class SeenService(int id)
{
    // Those of the document, and what came since in a stream that sends them again.
    private const int MaxEntries = Service.MaxLogEntries * 2;

    private readonly Dictionary<string, SeenRole> _roles = new(StringComparer.Ordinal);
    private readonly List<(DateTimeOffset Time, string Severity, string Message)> _log = [];
    private ServiceState? _state;
    private int _replayed;

    /// <summary>Whether it was ever seen.</summary>
    public bool IsKnown => _state is not null;

    /// <summary>Whether it was told that it is gone.</summary>
    public bool IsGone { get; private set; }

    /// <summary>What makes our server send the entries of the log that came after those that are known, and some of these.</summary>
    public string LastEventId =>
        string.Create(CultureInfo.InvariantCulture, $"{(_log.Count == 0 ? 0 : _log[^1].Time.ToUnixTimeMilliseconds())}-0");

    /// <summary>What is new in a service that was looked at: entries of the log, roles, at last the state.</summary>
    public IReadOnlyList<ServiceNotification> Take(OneFlowService service)
    {
        ServiceLogNotification[] entries = [.. NewEntries(service.Service?.Log ?? []).Select(entry => new ServiceLogNotification(id, entry))];
        foreach (ServiceLogNotification entry in entries) Keep(entry);
        return [.. entries, .. Take(ServiceSnapshot.Of(service), isWhole: service.Service is not null)];
    }

    /// <summary>What is new in a snapshot.</summary>
    public IReadOnlyList<ServiceNotification> Take(ServiceSnapshot service) => Take(service, isWhole: true);

    /// <summary>A stream begins, which sends entries of the log that may be known.</summary>
    public void BeginReplay() => _replayed = 0;

    /// <summary>Takes in what the server tells.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Take(ServiceNotification notification)
    {
        bool isNew = notification switch
        {
            ServiceStateNotification state => _state != state.State,
            RoleStateNotification role => RoleOf(role.RoleName).State != role.State,
            VmAddedNotification added => !RoleOf(added.RoleName).Machines.Contains(added.VmId),
            VmRemovedNotification removed => RoleOf(removed.RoleName).Machines.Contains(removed.VmId),
            VmConditionNotification vm => !RoleOf(vm.RoleName).Conditions.TryGetValue(vm.VmId, out VmCondition known) || known != vm.Condition,
            ServiceLogNotification { Entry: var entry } => !IsReplayed(entry),
            _ => true,
        };
        if (isNew) Keep(notification);
        return isNew;
    }

    private List<ServiceNotification> Take(ServiceSnapshot service, bool isWhole)
    {
        List<ServiceNotification> news = [.. service.Roles.SelectMany(NewOf)];
        foreach ((string name, SeenRole role) in isWhole ? _roles : [])
        {
            RoleSnapshot? now = service.Roles.FirstOrDefault(r => r.Name == name);
            news.AddRange(role.Machines.Where(vm => now?.Machines.Contains(vm) != true).Order().Select(vm => new VmRemovedNotification(id, name, vm)));
        }

        if (_state != service.State) news.Add(new ServiceStateNotification(id, service.State));
        foreach (ServiceNotification notification in news) Keep(notification);
        if (isWhole)
        {
            foreach (string name in _roles.Keys.Except(service.Roles.Select(r => r.Name), StringComparer.Ordinal).ToArray()) _roles.Remove(name);
        }

        return news;
    }

    private void Keep(ServiceNotification notification)
    {
        switch (notification)
        {
            case ServiceStateNotification state:
                _state = state.State;
                break;
            case RoleStateNotification role:
                RoleOf(role.RoleName).State = role.State;
                break;
            case VmAddedNotification added:
                RoleOf(added.RoleName).Machines.Add(added.VmId);
                break;
            case VmRemovedNotification removed:
                RoleOf(removed.RoleName).Remove(removed.VmId);
                break;
            case VmConditionNotification vm:
                RoleOf(vm.RoleName).Conditions[vm.VmId] = vm.Condition;
                break;
            case ServiceLogNotification { Entry: var entry }:
                Keep(entry);
                break;
            case ServiceGoneNotification:
                IsGone = true;
                break;
        }
    }

    private void Keep(ServiceLogEntry entry)
    {
        _log.Add(KeyOf(entry));
        if (_log.Count <= MaxEntries) return;
        _log.RemoveAt(0);
        _replayed = Math.Max(0, _replayed - 1);
    }

    private IEnumerable<ServiceNotification> NewOf(RoleSnapshot role)
    {
        SeenRole seen = _roles.GetValueOrDefault(role.Name) ?? new SeenRole();
        if (seen.State != role.State) yield return new RoleStateNotification(id, role.Name, role.State);
        foreach (int vm in role.Machines.Where(vm => !seen.Machines.Contains(vm))) yield return new VmAddedNotification(id, role.Name, vm);
    }

    // The log is full after a while: what is new comes after the last entry that is known.
    private IEnumerable<ServiceLogEntry> NewEntries(IReadOnlyList<ServiceLogEntry> log)
    {
        if (_log.Count == 0) return log;
        for (int i = log.Count - 1; i >= 0; i--)
        {
            if (EndsWithKnown(log, i)) return log.Skip(i + 1);
        }

        return log;
    }

    // The same entry may stand there twice: as much of what is known as there is has to come before it.
    private bool EndsWithKnown(IReadOnlyList<ServiceLogEntry> log, int last)
    {
        for (int i = last, known = _log.Count - 1; i >= 0 && known >= 0; i--, known--)
        {
            if (KeyOf(log[i]) != _log[known]) return false;
        }

        return true;
    }

    private bool IsReplayed(ServiceLogEntry entry)
    {
        int found = _log.IndexOf(KeyOf(entry), Math.Min(_replayed, _log.Count));
        if (found < 0) return false;
        _replayed = found + 1;
        return true;
    }

    private SeenRole RoleOf(string name)
    {
        if (!_roles.TryGetValue(name, out SeenRole? role)) _roles[name] = role = new SeenRole();
        return role;
    }

    private static (DateTimeOffset Time, string Severity, string Message) KeyOf(ServiceLogEntry entry) => (entry.Time, entry.Severity, entry.Message);

    private sealed class SeenRole
    {
        public RoleState? State { get; set; }

        public HashSet<int> Machines { get; } = [];

        public Dictionary<int, VmCondition> Conditions { get; } = [];

        public void Remove(int vm)
        {
            Machines.Remove(vm);
            Conditions.Remove(vm);
        }
    }
}
