using System.Text.Json;
using OneEdge.Flow.Elasticity;
using OneEdge.Flow.Instantiation;
using OneEdge.Flow.Lifecycle;
using OneEdge.Flow.Tests.Documents;
using OneEdge.Flow.Tests.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests;

/// <summary>
/// Defects of the original that do not concern lives, each by a small example; the tests of their folders go further. Those that concern lives are among
/// the tests of lives, under names that begin alike.
/// </summary>
public sealed class DefectsOfTheOriginalTests
{
    // The original: 1 February, a day that nobody named.
    [Fact, Trait("Defect", "B13")]
    public void B13_a_day_that_a_month_does_not_have_is_not_the_first_of_the_next()
    {
        Assert.True(Recurrence.TryParse("0 0 31 * *", out Recurrence? recurrence, out string? error), error);
        DateTimeOffset january = new(2021, 1, 31, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(new DateTimeOffset(2021, 3, 31, 0, 0, 0, TimeSpan.Zero), recurrence.Next(january, TimeZoneInfo.Utc));
    }

    // The original looks for a variable whose name has quotes.
    [Fact, Trait("Defect", "B15")]
    public void B15_a_quoted_variable_has_its_value() =>
        Assert.True(ElasticityExpression.Parse("\"CPU\" > 1").Evaluate(Machine("<MONITORING><CPU>80</CPU></MONITORING>")));

    // The original raises an error, which ends the autoscaler for all services.
    [Fact, Trait("Defect", "B16")]
    public void B16_a_virtual_machine_without_monitoring_has_its_other_values() =>
        Assert.True(ElasticityExpression.Parse("QUEUE > 1").Evaluate(Machine("<USER_TEMPLATE><QUEUE>5</QUEUE></USER_TEMPLATE>")));

    // 6.10 merges what is meant for b into a; 7.4 does as this.
    [Fact, Trait("Defect", "B17")]
    public void B17_roles_of_a_request_are_found_by_their_names_when_asked()
    {
        JsonElement template = JsonElement.Parse("""{"roles":[{"name":"a","cardinality":1},{"name":"b","cardinality":1}]}""");
        JsonElement request = JsonElement.Parse("""{"roles":[{"name":"b","cardinality":3}]}""");
        Assert.Equal(
            """{"roles":[{"name":"a","cardinality":1},{"name":"b","cardinality":3}]}""",
            TemplateMerge.Merge(template, request, MergeMatching.Name).GetRawText());
    }

    // The original replaces $A in $AB, and lets a value end its quotes.
    [Fact, Trait("Defect", "B19")]
    public void B19_a_name_is_a_whole_name_and_a_value_only_a_value()
    {
        Service service = Create("\"vm_template_contents\":\"X=\\\"$A\\\" Y=\\\"$AB\\\"\"", """{"A":"1\"\nCPU=\"9","AB":"2"}""");
        StoredTemplate text = StoredTemplate.Parse(ServiceInstantiation.Compose(service, "web", 0).ExtraTemplate);
        Assert.Equal(("1\"\nCPU=\"9", "2", null), (text.Get("X"), text.Get("Y"), text.Get("CPU")));
    }

    // The original answers with an internal error.
    [Theory, Trait("Defect", "B20")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void B20_a_value_of_the_wrong_kind_is_named(string value) => Assert.Equal(
        "$.roles[0].vm_template",
        Assert.Single(ServiceTemplate.Validate($$"""{"name":"s","roles":[{"name":"a","vm_template":{{value}}}]}""")).Path);

    // The original raises an error for a value that is no text.
    [Fact, Trait("Defect", "B21")]
    public void B21_a_number_is_a_value_of_an_attribute() =>
        Assert.Equal("X=\"5\"", Create("\"vm_template_contents\":\"X=\\\"$A\\\"\"", """{"A":5}""").Roles[0].Definition.VmTemplateContents);

    // The original looks at each line for itself.
    [Fact, Trait("Defect", "B22")]
    public void B22_the_name_of_a_role_has_one_line() => Assert.Equal(
        FlowErrorCodes.RoleNameLines,
        Assert.Single(ServiceTemplate.Validate("""{"name":"s","roles":[{"name":"ok\nbad role!","vm_template":0}]}""")).Code);

    // The original answers with an internal error whatever was wrong, and says of some requests that they were carried out though they were not.
    [Theory, Trait("Defect", "B25")]
    [InlineData("scale in wrong state", FlowErrorCodes.WrongServiceState)]
    [InlineData("scale of no role", FlowErrorCodes.RoleNotFound)]
    [InlineData("scale out of limits", FlowErrorCodes.RequestInvalid)]
    [InlineData("role that is there", FlowErrorCodes.RequestConflict)]
    public void B25_a_refusal_says_by_its_code_what_was_wrong(string what, string code)
    {
        TestService service = new(TestService.None, TestService.Role("web", 1));
        ServiceRequest request = what switch
        {
            "scale of no role" => new ScaleRequested("none", 2),
            "scale out of limits" => new ScaleRequested("web", -1),
            "role that is there" => new AddRoleRequested(TestService.Role("web", 1)),
            _ => new ScaleRequested("web", 2),
        };
        if (code != FlowErrorCodes.WrongServiceState) service.Deploy();
        Service before = service.Service;
        service.Tell(request);
        Assert.Equal(code, new ServiceRefusedException(10, service.Refusal!).Code);
        Assert.Same(before, service.Service);
    }

    private static VmValues Machine(string content) =>
        VmValues.Of([new VmAttributes(VirtualMachine.ParseXml($"<VM><ID>1</ID><STATE>3</STATE><LCM_STATE>3</LCM_STATE>{content}</VM>"))]);

    private static Service Create(string role, string values) => ServiceInstantiation.Create(
        JsonElement.Parse($$"""{"name":"s","roles":[{"name":"web","vm_template":3,"cardinality":1,{{role}}}]}"""),
        JsonElement.Parse($$"""{"custom_attrs_values":{{values}}}"""), TestDocuments.Alice, 7, DateTimeOffset.UnixEpoch);
}
