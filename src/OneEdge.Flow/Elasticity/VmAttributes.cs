using OneEdge.OpenNebula;

namespace OneEdge.Flow.Elasticity;

/// <summary>
/// The attributes of one virtual machine, as expressions read them. The first that has the name says it: what users and programs noted
/// (<c>USER_TEMPLATE</c>), what was measured (<c>MONITORING</c>), the template (<c>TEMPLATE</c>), the machine itself (<c>ID</c>, <c>STATE</c>, ...).
/// When that is no single text, the machine does not have the attribute.
/// </summary>
public sealed class VmAttributes
{
    private readonly StoredTemplate _user;
    private readonly StoredTemplate? _measured;
    private readonly StoredTemplate _template;

    /// <summary>Takes a virtual machine.</summary>
    /// <param name="machine">The machine, as <c>one.vmpool.infoextended</c> or <c>one.vm.info</c> has it.</param>
    /// <param name="monitoring">Its newest measurements; <see langword="null"/> for those that the machine came with, if any.</param>
    public VmAttributes(VirtualMachine machine, VmMonitoring? monitoring = null)
    {
        ArgumentNullException.ThrowIfNull(machine);
        Machine = machine;
        _user = machine.UserTemplate;
        _measured = (monitoring ?? machine.Monitoring)?.Values;
        _template = machine.Template;
    }

    /// <summary>The machine.</summary>
    public VirtualMachine Machine { get; }

    /// <summary>Whether it counts: <c>ACTIVE</c> and <c>RUNNING</c>.</summary>
    public bool IsRunning => Machine.State == VmState.Active && Machine.LcmState == LcmState.Running;

    /// <summary>The newest measurements of each machine.</summary>
    /// <param name="measurements">Measurements in any order, as <c>one.vmpool.monitoring</c> has them; those without a machine are left out.</param>
    /// <returns>Measurements by the ids of machines.</returns>
    public static IReadOnlyDictionary<int, VmMonitoring> Newest(IEnumerable<VmMonitoring> measurements)
    {
        ArgumentNullException.ThrowIfNull(measurements);
        Dictionary<int, VmMonitoring> newest = [];
        foreach (VmMonitoring measurement in measurements)
        {
            if (measurement.MachineId is not { } id) continue;
            if (!newest.TryGetValue(id, out VmMonitoring? other) || !(measurement.Time < other.Time)) newest[id] = measurement;
        }

        return newest;
    }

    /// <summary>The text of an attribute.</summary>
    /// <param name="name">The name in upper case.</param>
    /// <returns>The text; <see langword="null"/> when there is none, when it is empty or a vector, or when there are several.</returns>
    public string? Text(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string? text;
        if (TryFind(_user, name, out text) || (_measured is not null && TryFind(_measured, name, out text)) || TryFind(_template, name, out text))
            return string.IsNullOrEmpty(text) ? null : text;
        text = name switch
        {
            "NAME" => Machine.Name,
            "UNAME" => Machine.OwnerName,
            "GNAME" => Machine.GroupName,
            _ => Machine.Find(name),
        };
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>The number at the start of the text of an attribute, 0 when it starts with none.</summary>
    /// <param name="name">The name in upper case.</param>
    /// <returns>The number; <see langword="null"/> when <see cref="Text"/> is, or when it is too large for a number of 64 bits.</returns>
    public double? Number(string name)
    {
        if (Text(name) is { } text) return RubyNumber.Parse(text) is var number && double.IsFinite(number) ? number : null;
        return Machine.Xml.IsEmpty ? Own(name) : null;
    }

    // A machine that was not read from an answer has no text to look in.
    private double? Own(string name) => name switch
    {
        "ID" => Machine.Id,
        "UID" => Machine.OwnerId,
        "GID" => Machine.GroupId,
        "STATE" => (int)Machine.State,
        "LCM_STATE" => (int)Machine.LcmState,
        _ => null,
    };

    // Attributes are sorted by name, those of one name behind each other.
    private static bool TryFind(StoredTemplate template, string name, out string? text)
    {
        int low = 0;
        int high = template.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (string.CompareOrdinal(template[middle].Name, name) < 0) low = middle + 1;
            else high = middle;
        }

        text = null;
        if (low == template.Count || template[low].Name != name) return false;
        bool isAlone = low + 1 == template.Count || template[low + 1].Name != name;
        text = isAlone ? template[low].Value : null;
        return true;
    }
}
