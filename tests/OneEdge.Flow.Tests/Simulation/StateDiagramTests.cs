using System.Text.RegularExpressions;
using OneEdge.Flow.Lifecycle;
using OneEdge.Flow.Tests.Lifecycle;

namespace OneEdge.Flow.Tests.Simulation;

/// <summary>The diagrams of <c>docs/flow.md</c> show what happens in simulated lives.</summary>
public sealed partial class StateDiagramTests
{
    private const long Steps = 400_000;

    private readonly HashSet<(string From, string To)> _activities = [];
    private readonly HashSet<(string From, string To)> _states = [];

    [Fact]
    public void Diagrams_show_what_happens()
    {
        long steps = 0;
        for (int seed = 1; steps < Steps; seed++)
        {
            var simulation = new ServiceSimulation(Choices.OfSeed(seed), seen: See);
            simulation.Run(400);
            steps += simulation.Steps;
        }

        SeeLateCreation();
        HashSet<(string From, string To)> activities = Diagram("Activities of a role"), states = Diagram("States of a service");
        Assert.Equal([], activities.Except(_activities));
        Assert.Equal([], states.Except(_states));
        Assert.Equal([], _activities.Where(way => !IsWay(activities, way)));

        // From every state a request to undeploy leads to UNDEPLOYING.
        states.UnionWith(states.Select(arrow => (arrow.From, "UNDEPLOYING")).ToArray());
        Assert.Equal([], _states.Where(way => !IsWay(states, way)));
    }

    // An engine tells no answer twice, so that this does not happen in its world.
    private void SeeLateCreation()
    {
        TestService service = new TestService(TestService.None, TestService.Role("web", 1)).Deploy();
        service.Tell(new UndeployRequested());
        service.Goes(1);
        Service before = service.Service;
        service.Tell(new VmCreated("web", 7, 2));
        See(before, service.Service);
    }

    private void See(Service before, Service after)
    {
        if (before.State != after.State) _states.Add((StateNames.Of(before.State), StateNames.Of(after.State)));
        foreach (Role role in after.Roles)
        {
            if (before.Roles.FirstOrDefault(r => r.Name == role.Name) is { } was && was.Activity != role.Activity)
                _activities.Add((was.Activity.ToString(), role.Activity.ToString()));
        }
    }

    /// <summary>Whether arrows lead from one to the other: in one step, several may be passed.</summary>
    private static bool IsWay(HashSet<(string From, string To)> arrows, (string From, string To) way)
    {
        HashSet<string> reached = [way.From];
        while (arrows.Where(arrow => reached.Contains(arrow.From) && !reached.Contains(arrow.To)).Select(arrow => arrow.To).ToArray() is { Length: > 0 } next)
            reached.UnionWith(next);
        return reached.Contains(way.To);
    }

    private static HashSet<(string From, string To)> Diagram(string heading)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "flow.md")).Split($"### {heading}")[1].Split("```")[1];
        return [.. Arrow().Matches(text).Select(arrow => (arrow.Groups["from"].Value, arrow.Groups["to"].Value))];
    }

    // Those from and to [*] are the beginning and the end.
    [GeneratedRegex(@"^ *(?<from>\w+) --> (?<to>\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Arrow();
}
