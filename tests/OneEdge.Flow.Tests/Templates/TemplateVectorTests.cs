using System.Text.Json;

namespace OneEdge.Flow.Tests;

public sealed class TemplateVectorTests
{
    private static readonly (string Version, string File, OneFlowRules Rules)[] Versions =
    [
        ("6.10.5", "templates.jsonl", OneFlowRules.Version610),
        ("6.0.0", "templates-6.0.0-differences.jsonl", OneFlowRules.Version60),
        ("7.4.0", "templates-7.4.0-differences.jsonl", OneFlowRules.Version74),
    ];

    [Fact]
    public void Every_recorded_check_gives_the_same_template_or_the_same_text()
    {
        int count = 0;
        foreach ((TemplateCase check, ServiceTemplateOptions options) in Cases(refusesStuck: false))
        {
            string? rule = TemplateDeviations.RuleFor(check);
            if (rule == TemplateDeviations.FailuresAreErrors) AssertRefused(check, options, rule);
            else AssertSame(check, options);
            count++;
        }

        Assert.True(count > 300, $"{count} cases");
    }

    [Fact]
    public void What_can_only_get_stuck_is_refused_and_nothing_else_changes()
    {
        foreach ((TemplateCase check, ServiceTemplateOptions options) in Cases(refusesStuck: true))
        {
            if (TemplateDeviations.RuleFor(check) is { } rule) AssertRefused(check, options, rule);
            else AssertSame(check, options);
        }
    }

    [Fact]
    public void What_the_versions_do_not_differ_in_is_the_same_in_all()
    {
        foreach ((_, string file, OneFlowRules rules) in Versions.Skip(1))
        {
            HashSet<string> different = [.. TemplateCase.All(file).Select(c => c.Id)];
            ServiceTemplateOptions options = new() { Rules = rules, RefusesStuck = false };
            // Version 6.0 does not know roles of their own, and gives every role without a number one virtual machine.
            foreach (TemplateCase check in TemplateCase.All("templates.jsonl").Where(c => !different.Contains(c.Id) && !c.Crashes && !c.IsRole))
                AssertSame(check, options);
        }
    }

    [Fact]
    public void A_checked_template_is_a_fixed_point()
    {
        foreach ((TemplateCase check, ServiceTemplateOptions options) in Cases(refusesStuck: false))
        {
            (string? json, _) = check.Check(options);
            if (json is not null) Assert.Equal(json, TemplateCase.Check(json, check.IsRole, options).Json);
        }
    }

    [Fact]
    public void Every_error_names_a_place_that_is_there()
    {
        foreach ((TemplateCase check, ServiceTemplateOptions options) in Cases(refusesStuck: true))
        {
            foreach (ServiceTemplateError error in check.Check(options).Errors) Assert.True(Places.Exists(check.Input, error.Path), $"{check.Id}: {error}");
        }
    }

    [Fact]
    public void Templates_that_a_server_was_sent_are_answered_with_its_text()
    {
        string folder = Path.Combine(ConformanceData.Area("opennebula"), "oneflow");
        int count = 0;
        foreach (string file in Directory.EnumerateFiles(folder, "*.json"))
        {
            using JsonDocument exchange = JsonDocument.Parse(File.ReadAllBytes(file));
            JsonElement root = exchange.RootElement;
            if (root.GetProperty("path").GetString() != "/service_template" || root.GetProperty("method").GetString() != "POST") continue;
            string body = root.GetProperty("request_body").GetString() ?? "";
            var errors = ServiceTemplate.Validate(body, new ServiceTemplateOptions { RefusesStuck = false });
            if (root.GetProperty("status").GetInt32() == 201) Assert.Empty(errors);
            else Assert.Equal(root.GetProperty("response_body").GetString(), errors[0].OriginalMessage);
            count++;
        }

        Assert.True(count > 20, $"{count} exchanges");
    }

    private static IEnumerable<(TemplateCase Case, ServiceTemplateOptions Options)> Cases(bool refusesStuck) =>
        Versions.SelectMany(v => TemplateCase.All(v.File).Select(c => (c, new ServiceTemplateOptions { Rules = v.Rules, RefusesStuck = refusesStuck })));

    private static void AssertSame(TemplateCase check, ServiceTemplateOptions options)
    {
        (string? json, IReadOnlyList<ServiceTemplateError> errors) = check.Check(options);
        string shown = $"{check.Id} ({options.Rules}): {json} {string.Join("; ", errors)} {(errors.Count > 0 ? errors[0].OriginalMessage : "")}";
        Assert.True(check.IsAccepted == (json is not null), shown);
        if (json is null) Assert.True(check.Error == errors[0].OriginalMessage, $"{shown}\n{check.Error}");
        else Assert.True(JsonElement.DeepEquals(check.Output!.Value, JsonElement.Parse(json)), shown);
    }

    private static void AssertRefused(TemplateCase check, ServiceTemplateOptions options, string rule)
    {
        (string? json, IReadOnlyList<ServiceTemplateError> errors) = check.Check(options);
        Assert.True(json is null, check.Id);
        Assert.Null(errors[0].OriginalMessage);
        Assert.Equal(rule == TemplateDeviations.FailuresAreErrors, errors[0].FailsOriginal);
        Assert.Contains(errors, e => e.Code == TemplateDeviations.CodeOf(rule)
            || (rule == TemplateDeviations.RolesDoNotWaitForEver && e.Code == FlowErrorCodes.ParentUnknown));
    }
}
