namespace OneEdge.Flow;

/// <summary>The schemas of OneFlow: its members in the order in which it checks them, which decides what it complains of first.</summary>
/// <remarks>Source: OpenNebula 6.0.0, 6.10.5 and 7.4.0, <c>src/oca/ruby/opennebula/flow/service_template.rb</c>.</remarks>
internal static class FlowSchemas
{
    private static readonly string[] ShutdownActions = ["terminate", "terminate-hard", "shutdown", "shutdown-hard"];
    private static readonly string[] AdjustmentTypes = ["CHANGE", "CARDINALITY", "PERCENTAGE_CHANGE"];

    private static readonly MemberRule RoleName = new("name", MemberKind.Text) { IsRequired = true, IsRoleName = true };
    private static readonly MemberRule Cardinality = Count("cardinality") with { Default = 0 };
    private static readonly MemberRule OnHold = new("on_hold", MemberKind.Boolean);
    private static readonly MemberRule ShutdownAction = new("shutdown_action", MemberKind.Text) { OneOf = ShutdownActions };
    private static readonly MemberRule Parents = List("parents", new("parents", MemberKind.Text));

    private static readonly MemberRule[] PolicyStart =
    [
        new("type", MemberKind.Text) { IsRequired = true, OneOf = AdjustmentTypes },
        new("adjust", MemberKind.Integer) { IsRequired = true },
        new("min_adjust_step", MemberKind.Integer) { Minimum = 1 },
    ];

    private static readonly MemberRule ElasticityPolicies = List("elasticity_policies", new("elasticity_policies", MemberKind.Object)
    {
        Members = [.. PolicyStart, Count("period_number"), Count("period"), new("expression", MemberKind.Text) { IsRequired = true }, Count("cooldown")],
    });

    private static readonly MemberRule ScheduledPolicies = List("scheduled_policies", new("scheduled_policies", MemberKind.Object)
    {
        Members = [.. PolicyStart, new("start_time", MemberKind.Text), new("recurrence", MemberKind.Text)],
    });

    private static readonly MemberRule[] Scaling = [Parents, ShutdownAction, Count("min_vms"), Count("max_vms"), Count("cooldown")];
    private static readonly MemberRule[] Policies = [ElasticityPolicies, ScheduledPolicies];
    private static readonly MemberRule[] OldTemplate =
        [new("vm_template", MemberKind.Integer) { IsRequired = true }, new("vm_template_contents", MemberKind.Text)];
    private static readonly MemberRule[] Attributes = [Free("custom_attrs"), Free("custom_attrs_values")];
    private static readonly MemberRule[] UserInputs = [Free("user_inputs"), Free("user_inputs_values")];
    private static readonly MemberRule TemplateId = new("template_id", MemberKind.Integer) { IsRequired = true };

    public static MemberRule Role60 { get; } = Role([RoleName, Cardinality with { Default = 1 }, .. OldTemplate, .. Scaling, .. Policies]);

    public static MemberRule Role610 { get; } = Role([RoleName, Cardinality, .. OldTemplate, .. Attributes, .. Scaling, OnHold, .. Policies]);

    public static MemberRule VmRole74 { get; } =
        Role([RoleName, RoleType("vm"), Cardinality, TemplateId, Free("template_contents"), .. UserInputs, .. Scaling, OnHold, .. Policies]);

    public static MemberRule RouterRole74 { get; } =
        Role([RoleName, RoleType("vr"), TemplateId, Cardinality, Free("template_contents"), .. UserInputs, OnHold, Parents]);

    public static MemberRule Template60 { get; } = Template(Role60, Attributes, []);

    public static MemberRule Template610 { get; } = Template(Role610, Attributes, [OnHold]);

    /// <summary>Without its roles, which 7.4 checks afterwards, each by its type.</summary>
    public static MemberRule Template74 { get; } = Template(null, UserInputs, [OnHold]);

    private static MemberRule Template(MemberRule? role, MemberRule[] attributes, MemberRule[] last) => new("", MemberKind.Object)
    {
        Members =
        [
            new("name", MemberKind.Text) { IsRequired = true },
            new("deployment", MemberKind.Text) { OneOf = ["none", "straight"], Default = "none" },
            new("description", MemberKind.Text) { Default = "" },
            ShutdownAction,
            List("roles", role is null ? null : role with { Name = "roles" }) with { IsRequired = true },
            .. attributes,
            new("ready_status_gate", MemberKind.Boolean),
            new("automatic_deletion", MemberKind.Boolean),
            Free("networks"),
            List("networks_values", Free("networks_values")),
            .. last,
        ],
    };

    private static MemberRule Role(MemberRule[] members) => new("", MemberKind.Object) { Members = members };

    private static MemberRule RoleType(string type) => new("type", MemberKind.Text) { IsRequired = true, OneOf = [type] };

    private static MemberRule Count(string name) => new(name, MemberKind.Integer) { Minimum = 0 };

    private static MemberRule Free(string name) => new(name, MemberKind.Object);

    private static MemberRule List(string name, MemberRule? items) => new(name, MemberKind.Array) { Items = items };
}
