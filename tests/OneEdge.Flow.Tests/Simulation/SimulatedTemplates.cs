namespace OneEdge.Flow.Tests.Simulation;

/// <summary>Services of one to four roles with everything that changes how they live.</summary>
internal static class SimulatedTemplates
{
    public static Service Create(Choices choices, int id, ServiceOwner owner, DateTimeOffset now)
    {
        int count = 1 + choices.Below(4);
        return new Service
        {
            Id = id,
            Name = "simulated",
            Owner = owner,
            StartTime = now,
            Definition = new ServiceDefinition
            {
                Name = "simulated",
                Deployment = (DeploymentStrategy)choices.Below(2),
                ReadyStatusGate = choices.Chance(25),
                AutomaticDeletion = choices.Chance(15),
                OnHold = choices.Chance(10),
                ShutdownAction = choices.Chance(20) ? ShutdownAction.TerminateHard : null,
            },
            Roles = [.. Enumerable.Range(0, count).Select(i => NewRole(choices, $"role{i}", i))],
            Networks = [.. Enumerable.Range(0, choices.Below(3)).Select(i => NewNetwork(choices, $"net{i}"))],
        };
    }

    public static Role AddedRole(Choices choices, Service service) => NewRole(choices, $"added{choices.Below(3)}", 0) with
    {
        Definition = new RoleDefinition
        {
            Name = $"added{choices.Below(3)}",
            VmTemplate = 0,
            Parents = service.Roles.IsEmpty || choices.Chance(50) ? [] : [service.Roles[0].Name],
        },
    };

    // Parents come earlier in the list, so there are no cycles.
    private static Role NewRole(Choices choices, string name, int earlier) => new()
    {
        Definition = new RoleDefinition
        {
            Name = name,
            VmTemplate = 0,
            Parents = [.. Enumerable.Range(0, earlier).Where(_ => choices.Chance(40)).Select(i => $"role{i}")],
            MinVms = choices.Chance(30) ? 1 : null,
            MaxVms = choices.Chance(30) ? 4 : null,
            Cooldown = choices.Below(3) * 10,
        },
        Cardinality = choices.Below(4),
        OnHold = choices.Chance(10),
    };

    private static ServiceNetwork NewNetwork(Choices choices, string name) => new()
    {
        Name = name,
        Kind = (NetworkKind)choices.Below(3),
        Source = 1,
    };
}
