using System.Text.Json;
using CsCheck;

namespace OneEdge.Flow.Tests;

public sealed class TemplatePropertyTests
{
    private static readonly Gen<string> Odd = Any(
        "null", "true", "false", "0", "1", "3", "-1", "1.9", "1e400", "-0", "99999999999", "\"\"",
        "\"x\"", "\"010\"", "\" 2 \"", "\"a\\nb\"", "\"none\"", "\"straight\"",
        "\"CHANGE\"", "\"CPU > 1\"", "\"* * * * *\"", "\"2030-01-01\"", "[]", "{}",
        "[\"a\"]", "[null]", "[1,[2]]", "{\"k\":1}", "{\"a b\":{\"\":null}}", "[{\"NIC\":[]}]");

    private static readonly Gen<string> Policy =
        Object(["type", "adjust", "expression", "start_time", "recurrence", "min_adjust_step", "cooldown", "period"], Odd);

    private static readonly Gen<string> Role = Object(
        [
            "name", "vm_template", "cardinality", "min_vms", "max_vms", "parents", "vm_template_contents",
            "custom_attrs", "template_id", "type", "template_contents",
            "user_inputs", "elasticity_policies", "scheduled_policies", "on_hold", "odd",
        ],
        Gen.Frequency((4, Odd), (1, Policy.Array[0, 2].Select(p => $"[{string.Join(',', p)}]"))));

    private static readonly Gen<string> Good = Gen.Select(Any("a", "b", "c"), Gen.Int[0, 2], Any("a", "b", "c", "d"))
        .Select((name, cardinality, parent) =>
            $$"""{"name":"{{name}}","vm_template":"{{cardinality}}","cardinality":"{{cardinality}}","max_vms":1,"parents":["{{parent}}"]}""");

    private static readonly Gen<string> Template = Gen.Select(
        Gen.Frequency((2, Role), (3, Good), (1, Odd)).Array[0, 4],
            Object(["name", "deployment", "description", "custom_attrs", "networks", "networks_values", "on_hold", "x y"], Odd))
        .Select((roles, rest) => $"{{\"name\":\"s\",\"roles\":[{string.Join(',', roles)}]{(rest.Length > 2 ? "," + rest[1..^1] : "")}}}");

    private static readonly Gen<ServiceTemplateOptions> Options = Gen.Select(Gen.Enum<OneFlowRules>(), Gen.Bool, Gen.Bool)
        .Select((rules, refuses, reads) => new ServiceTemplateOptions { Rules = rules, RefusesStuck = refuses, ReadsNewForm = reads });

    private static readonly Gen<string> Pieces =
        Any("{", "}", "[", "]", "\"", ":", ",", "\\", "u", "null", "0", "-", "e", "/", "*", "\n", "\ud83d");

    [Fact]
    public void A_text_becomes_a_template_that_reads_the_same_again_or_errors_at_places_that_are_there() =>
        Gen.Select(Gen.OneOf(Template, Role, Odd), Options, Gen.Bool).Sample((json, options, isRole) =>
        {
            (string? body, IReadOnlyList<ServiceTemplateError> errors) = TemplateCase.Check(json, isRole, options);
            Assert.Equal(body is null, errors.Count > 0);
            if (body is not null) Assert.Equal(body, TemplateCase.Check(body, isRole, options).Json);
            JsonElement source = JsonElement.Parse(json);
            Assert.All(errors, e => Assert.True(Places.Exists(source, e.Path), $"{options.Rules}: {e}"));
        });

    [Fact]
    public void What_is_refused_without_the_rule_for_what_gets_stuck_is_refused_with_it_and_with_the_same_text() =>
        Gen.Select(Template, Options).Sample((json, options) =>
        {
            IReadOnlyList<ServiceTemplateError> lenient = ServiceTemplate.Validate(json, options with { RefusesStuck = false });
            IReadOnlyList<ServiceTemplateError> strict = ServiceTemplate.Validate(json, options with { RefusesStuck = true });
            if (lenient.Count > 0) Assert.Equal(lenient[0], strict[0]);
        });

    [Fact]
    public void Any_text_is_read_or_refused() =>
        Gen.OneOf(Gen.String, Pieces.Array[0, 20].Select(string.Concat)).Sample(text =>
        {
            IReadOnlyList<ServiceTemplateError> errors = ServiceTemplate.Validate(text);
            Assert.All(errors, e => Assert.True(e.Position is null || e.Position.Value.Line >= 1 && e.Position.Value.Column >= 1));
        });

    [Fact]
    public void Any_request_is_accepted_or_refused() =>
        Gen.Select(Object(["custom_attrs_values", "roles", "networks_values"], Odd), Odd, Odd).Sample((request, attributes, networks) =>
        {
            string json = $$"""{"name":"s","roles":[{"name":"a","vm_template":0,"custom_attrs":{{attributes}}}],"networks":{{networks}}}""";
            if (!ServiceTemplate.TryParse(json, null, out ServiceTemplate? template, out _)) return;
            InstantiationChecks checks = InstantiationChecks.Run(template, request);
            Assert.Equal(checks.Errors.Count > 0, checks.MergeTemplate.ValueKind == JsonValueKind.Undefined);
        });

    private static Gen<string> Object(string[] names, Gen<string> values) =>
        Gen.Select(Any(names), values).Array[0, 6]
            .Select(members => $"{{{string.Join(',', members.DistinctBy(m => m.Item1).Select(m => $"\"{m.Item1}\":{m.Item2}"))}}}");

    private static Gen<string> Any(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
