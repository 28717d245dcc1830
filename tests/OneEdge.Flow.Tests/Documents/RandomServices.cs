using System.Globalization;
using System.Text;
using CsCheck;
using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Tests.Documents;

/// <summary>Services as no machine would make them: every member with any value.</summary>
internal static class RandomServices
{
    private static readonly Gen<string> Text = Gen.OneOf(Gen.String[Gen.Char.AlphaNumeric, 0, 6], Const("", "a \"b\"", "ü€😀", "x\ny", "</>&'", "\\"));
    private static readonly Gen<string?> MaybeText = Gen.Null(Text);
    private static readonly Gen<int?> MaybeInt = Gen.Nullable(Gen.Int[-2, 900]);
    private static readonly Gen<DateTimeOffset> Time = Gen.Long[1, 4_000_000_000].Select(DateTimeOffset.FromUnixTimeSeconds);
    private static readonly Gen<DateTimeOffset?> MaybeTime = Gen.Nullable(Time);

    private static readonly Gen<ElasticityPolicy> Elasticity =
        from type in Gen.Enum<AdjustmentType>()
        from adjust in Gen.Int[-3, 3]
        from numbers in MaybeInt.Array[5]
        from expression in Text
        from evaluated in MaybeText
        from last in MaybeTime
        select new ElasticityPolicy
        {
            Type = type,
            Adjust = adjust,
            MinAdjustStep = numbers[0],
            Expression = expression,
            PeriodNumber = numbers[1],
            Period = numbers[2],
            Cooldown = numbers[3],
            LastEvaluation = last,
            TrueEvaluations = numbers[4],
            ExpressionEvaluated = evaluated,
        };

    private static readonly Gen<ScheduledPolicy> Scheduled =
        from type in Gen.Enum<AdjustmentType>()
        from numbers in MaybeInt.Array[3]
        from texts in MaybeText.Array[2]
        from last in MaybeTime
        select new ScheduledPolicy
        {
            Type = type,
            Adjust = numbers[0],
            MinAdjustStep = numbers[1],
            StartTime = texts[0],
            Recurrence = texts[1],
            Cooldown = numbers[2],
            LastEvaluation = last,
        };

    private static readonly Gen<RoleNodeInfo> Info =
        from ids in Gen.Int[-1, 9].Array[2]
        from texts in Text.Array[3]
        select new RoleNodeInfo(ids[0], ids[1], texts[0], texts[1], texts[2]);

    private static readonly Gen<RoleNode> Node =
        from id in Gen.Int[0, 1_000_000]
        from info in Gen.Null(Info)
        from isDeployed in Gen.Bool
        from termination in Gen.Enum<NodeTermination>()
        from error in MaybeText
        select new RoleNode { VmId = id, Info = info, IsDeployed = isDeployed, Termination = termination, Error = error };

    private static readonly Gen<RoleDefinition> Definition =
        from numbers in MaybeInt.Array[3]
        from contents in MaybeText
        from parents in Text.Array[0, 2]
        from shutdown in Gen.Nullable(Gen.Enum<ShutdownAction>())
        from template in Gen.Int[-1, 9]
        select new RoleDefinition
        {
            Name = "",
            VmTemplate = template,
            VmTemplateContents = contents,
            Parents = [.. parents],
            ShutdownAction = shutdown,
            MinVms = numbers[0],
            MaxVms = numbers[1],
            Cooldown = numbers[2],
        };

    private static readonly Gen<Role> Role =
        from definition in Definition
        from states in Gen.Select(Gen.Enum<RoleActivity>(), Gen.Enum<RoleState>())
        from nodes in Node.Array[0, 3]
        from counts in Gen.Int[0, 4].Array[2]
        from flags in Gen.Bool.Array[2]
        from scaleCooldown in Gen.Nullable(Gen.Int[0, 900].Select(s => TimeSpan.FromSeconds(s)))
        from end in MaybeTime
        from error in MaybeText
        from elasticity in Elasticity.Array[0, 2]
        from scheduled in Scheduled.Array[0, 2]
        select new Role
        {
            Definition = definition,
            Cardinality = counts[0],
            Activity = states.Item1,
            State = states.Item2,
            Nodes = [.. nodes.DistinctBy(n => n.VmId)],
            NextVmNumber = counts[1],
            OnHold = flags[0],
            IsLeaving = flags[1],
            ScaleCooldown = scaleCooldown,
            CooldownEnd = end,
            Error = error,
            ElasticityPolicies = [.. elasticity],
            ScheduledPolicies = [.. scheduled],
        };

    private static readonly Gen<ServiceNetwork> Network =
        from kind in Gen.Enum<NetworkKind>()
        from numbers in MaybeInt.Array[2]
        from texts in MaybeText.Array[2]
        from isLeaving in Gen.Bool
        select new ServiceNetwork
        {
            Name = "",
            Kind = kind,
            Source = kind == NetworkKind.Existing ? null : numbers[0],
            NetworkId = numbers[1],
            Extra = texts[0],
            Error = texts[1],
            IsLeaving = isLeaving,
        };

    public static readonly Gen<Service> Any =
        from name in Text
        from roles in Role.Array[0, 3]
        from networks in Network.Array[0, 3]
        from log in Gen.Select(Time, Text, Text).Select(t => new ServiceLogEntry(t.Item1, t.Item2, t.Item3)).Array[0, 4]
        from states in Gen.Select(Gen.Enum<ServiceGoal>(), Gen.Enum<ServiceState>(), Gen.Enum<DeploymentStrategy>())
        from shutdown in Gen.Nullable(Gen.Enum<ShutdownAction>())
        from flags in Gen.Bool.Array[3]
        from start in Time
        select new Service
        {
            Id = 7,
            Name = "svc",
            Owner = TestDocuments.Alice,
            Definition = new ServiceDefinition
            {
                Name = name,
                Deployment = states.Item3,
                ShutdownAction = shutdown,
                ReadyStatusGate = flags[0],
                AutomaticDeletion = flags[1],
                OnHold = flags[2],
            },
            Goal = states.Item1,
            State = states.Item2,
            StartTime = start,
            Roles = [.. roles.Select((r, i) => r with { Definition = r.Definition with { Name = $"role{i}" } })],
            Networks = [.. networks.Select((n, i) => n with { Name = $"net{i}" })],
            Log = [.. log],
        };

    /// <summary>One of some texts.</summary>
    public static Gen<string> Const(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    /// <summary>Everything that documents keep of a service, to compare.</summary>
    public static string Print(Service service)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{service.Name} {service.Goal} {service.State} {service.StartTime:O}");
        text.AppendLine($"{service.Definition with { Members = default }}");
        foreach (ServiceNetwork network in service.Networks) text.AppendLine($"{network with { Members = default }}");
        foreach (ServiceLogEntry entry in service.Log) text.AppendLine($"{entry with { Members = default }}");
        foreach (Role role in service.Roles)
        {
            RoleDefinition definition = role.Definition;
            text.AppendLine($"{definition with { Members = default, Parents = [] }} {string.Join('|', definition.Parents)}");
            text.AppendLine(CultureInfo.InvariantCulture, $"{role.Cardinality} {role.Activity} {role.State} {role.NextVmNumber} {role.OnHold}");
            text.AppendLine(CultureInfo.InvariantCulture, $"{role.ScaleCooldown} {role.CooldownEnd:O} {role.IsLeaving} '{role.Error ?? "-"}'");
            foreach (RoleNode node in role.Nodes) text.AppendLine($"{node with { Members = default }}");
            foreach (ElasticityPolicy policy in role.ElasticityPolicies) text.AppendLine($"{policy with { Members = default }}");
            foreach (ScheduledPolicy policy in role.ScheduledPolicies) text.AppendLine($"{policy with { Members = default }}");
        }

        return text.ToString();
    }
}
