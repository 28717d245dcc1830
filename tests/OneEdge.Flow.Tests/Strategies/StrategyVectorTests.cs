using System.Text.Json;
using OneEdge.Flow.Strategies;

namespace OneEdge.Flow.Tests.Strategies;

/// <summary>
/// Every recorded answer of the strategies of the original, but which roles a recovery reaches: here it reaches all that failed.
/// </summary>
public sealed class StrategyVectorTests
{
    public static TheoryData<string> Snapshots => [.. Cases.Where(c => Kind(c.Value) == "snapshot").Select(c => c.Key)];

    public static TheoryData<string> Waves => [.. Cases.Where(c => Kind(c.Value) == "waves").Select(c => c.Key)];

    private static Dictionary<string, JsonElement> Cases { get; } = ConformanceData.TryFind("flow") is null
        ? [] : ConformanceData.Cases("flow", "strategy.jsonl").ToDictionary(c => c.GetProperty("id").GetString()!);

    [Fact]
    public void The_vectors_are_there() => Assert.NotEmpty(ConformanceData.Area("flow"));

    [Theory]
    [MemberData(nameof(Snapshots))]
    public void The_turn_of_each_role_is_what_the_original_says(string id)
    {
        JsonElement recorded = Cases[id];
        DeploymentStrategy strategy = StrategyOf(recorded);
        Role[] roles = [.. recorded.GetProperty("roles").EnumerateArray().Select(ReadRole)];
        AssertNames(recorded, "deploy", roles, i => RoleOrder.IsDeployable(roles, i, strategy));
        AssertNames(recorded, "shutdown", roles, i => RoleOrder.IsShutdownable(roles, i, strategy));
        AssertNames(recorded, "hold", roles, i => RoleOrder.IsHoldable(roles, i, strategy));
        AssertNames(recorded, "release", roles, i => RoleOrder.IsReleasable(roles, i, strategy));
        Assert.Equal(recorded.GetProperty("all_running").GetBoolean(), roles.All(r => r.State == RoleState.Running));
        Assert.Equal(recorded.GetProperty("all_done").GetBoolean(), roles.All(r => r.State == RoleState.Done));
        Assert.Equal(recorded.GetProperty("all_hold").GetBoolean(), roles.All(r => r.State == RoleState.Hold));
    }

    [Theory]
    [MemberData(nameof(Waves))]
    public void Roles_come_and_go_in_the_waves_of_the_original(string id)
    {
        JsonElement recorded = Cases[id];
        DeploymentStrategy strategy = StrategyOf(recorded);
        Role[] roles = [.. recorded.GetProperty("roles").EnumerateArray().Select(ReadRole)];
        Run(recorded.GetProperty("deploy_waves"), roles, i => RoleOrder.IsDeployable(roles, i, strategy), RoleState.Running);
        AssertNames(recorded, "never_deployed", roles, i => roles[i].State != RoleState.Running);
        for (int i = 0; i < roles.Length; i++) roles[i] = roles[i] with { State = RoleState.Running };
        Run(recorded.GetProperty("shutdown_waves"), roles, i => RoleOrder.IsShutdownable(roles, i, strategy), RoleState.Done);
        AssertNames(recorded, "never_shut_down", roles, i => roles[i].State != RoleState.Done);
    }

    private static void Run(JsonElement waves, Role[] roles, Func<int, bool> isNext, RoleState state)
    {
        foreach (JsonElement wave in waves.EnumerateArray())
        {
            int[] next = [.. Enumerable.Range(0, roles.Length).Where(isNext)];
            Assert.Equal(Names(wave), next.Select(i => roles[i].Name));
            foreach (int i in next) roles[i] = roles[i] with { State = state };
        }

        Assert.DoesNotContain(Enumerable.Range(0, roles.Length), i => isNext(i));
    }

    private static void AssertNames(JsonElement recorded, string name, Role[] roles, Func<int, bool> holds) =>
        Assert.Equal(Names(recorded.GetProperty(name)), Enumerable.Range(0, roles.Length).Where(holds).Select(i => roles[i].Name));

    private static IEnumerable<string> Names(JsonElement list) => list.EnumerateArray().Select(name => name.GetString()!);

    private static string Kind(JsonElement recorded) => recorded.GetProperty("kind").GetString()!;

    private static DeploymentStrategy StrategyOf(JsonElement recorded) =>
        recorded.GetProperty("deployment").GetString() == "straight" ? DeploymentStrategy.Straight : DeploymentStrategy.None;

    private static Role ReadRole(JsonElement role) => new()
    {
        Definition = new RoleDefinition
        {
            Name = role.GetProperty("name").GetString()!,
            VmTemplate = 0,
            Parents = role.TryGetProperty("parents", out JsonElement parents) && parents.ValueKind == JsonValueKind.Array ? [.. Names(parents)] : [],
        },
        Cardinality = 1,
        State = role.TryGetProperty("state", out JsonElement state)
            ? Enum.GetValues<RoleState>().Single(s => StateNames.Of(s) == state.GetString()) : RoleState.Pending,
    };
}
