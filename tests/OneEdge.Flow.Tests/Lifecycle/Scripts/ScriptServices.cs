namespace OneEdge.Flow.Tests.Lifecycle.Scripts;

/// <summary>
/// The first line of a story: <c>straight gate; db 1; web 2 &lt; db; net Own</c>. Before the first <c>;</c> the strategy and what else holds for the
/// service: <c>gate</c>, <c>auto</c> (automatic deletion), <c>hold</c>, <c>hard</c> (shutdown action). Then roles with their number of virtual machines
/// (<c>&lt;</c> parents, <c>hold</c>, <c>hard</c>, <c>soft</c>, <c>cooldown 60</c>, <c>min 1</c>, <c>max 3</c>) and networks (<c>id</c>,
/// <c>reserve</c>, else made of a template). Roles rest for a second after they were scaled.
/// </summary>
internal static class ScriptServices
{
    public static ServiceDefinition Definition(string line)
    {
        string[] words = Parts(line)[0].Split(' ');
        return new ServiceDefinition
        {
            Name = "svc",
            Deployment = words[0] == "straight" ? DeploymentStrategy.Straight : DeploymentStrategy.None,
            ReadyStatusGate = words.Contains("gate"),
            AutomaticDeletion = words.Contains("auto"),
            OnHold = words.Contains("hold"),
            ShutdownAction = words.Contains("hard") ? ShutdownAction.TerminateHard : null,
        };
    }

    public static Role[] Roles(string line) => [.. Parts(line)[1..].Where(part => !IsNetwork(part)).Select(Role)];

    public static ServiceNetwork[] Networks(string line) => [.. Parts(line)[1..].Where(IsNetwork).Select(Network)];

    public static Role Role(string text)
    {
        string[] words = text.Split(' ');
        return new Role
        {
            Definition = new RoleDefinition
            {
                Name = words[0],
                VmTemplate = 0,
                Parents = Array.IndexOf(words, "<") is >= 0 and var at ? [.. words[at + 1].Split(',')] : [],
                ShutdownAction = words.Contains("hard") ? ShutdownAction.TerminateHard : words.Contains("soft") ? ShutdownAction.Terminate : null,
                Cooldown = After(words, "cooldown") ?? 1,
                MinVms = After(words, "min"),
                MaxVms = After(words, "max"),
            },
            Cardinality = ScriptEvents.Number(words[1]),
            OnHold = words.Contains("hold"),
        };
    }

    private static ServiceNetwork Network(string text)
    {
        string[] words = text.Split(' ');
        NetworkKind kind = words.Contains("id") ? NetworkKind.Existing : words.Contains("reserve") ? NetworkKind.Reservation : NetworkKind.Template;
        bool isThere = kind == NetworkKind.Existing;
        return new ServiceNetwork { Name = words[1], Kind = kind, Source = isThere ? null : 3, NetworkId = isThere ? 5 : null };
    }

    private static string[] Parts(string line) => line.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool IsNetwork(string part) => part.StartsWith("net ", StringComparison.Ordinal);

    private static int? After(string[] words, string word) => Array.IndexOf(words, word) is >= 0 and var at ? ScriptEvents.Number(words[at + 1]) : null;
}
