using OneEdge.Flow.Lifecycle;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>What people change of a service that lives: its name, its owner, what it should be.</summary>
public sealed class DocumentChangesTests
{
    private static readonly ServiceOwner Other = new(5, 6, "bob", "others");

    // Who changes an owner changes the virtual machines too, and puts all back when one refuses; the machine is told what the document says in the end.
    [Fact, Trait("Case", "lifecycle-33"), Trait("Case", "lifecycle-60"), Trait("Case", "trace-17")]
    public void A_name_and_an_owner_change_nothing_of_the_life()
    {
        TestService service = Running();
        Service before = service.Service;
        service.Tell(new DocumentChanged("new", Other));
        Assert.Equal(("new", Other), (service.Service.Name, service.Service.Owner));
        Assert.Equal("svc", service.Service.Definition.Name);
        service.Tell(new DocumentChanged("svc", TestService.Owner));
        Assert.Equal(before, service.Service);
        Assert.Empty(service.Ordered());
    }

    [Fact, Trait("Defect", "B6b")]
    public void B6b_after_a_restart_a_service_acts_for_its_owner_and_nobody_else()
    {
        TestService service = Running();
        service.Restarts();
        Assert.Equal(TestService.Owner, service.Service.Owner);
    }

    [Fact, Trait("Case", "lifecycle-29"), Trait("Defect", "B23")]
    public void B23_an_update_changes_what_a_service_should_be_and_forgets_no_virtual_machines()
    {
        TestService service = Running();
        Service before = service.Service;
        Role role = service["db"];
        Service wanted = before with
        {
            Definition = before.Definition with { AutomaticDeletion = true },
            Roles = [role with { Definition = role.Definition with { Cooldown = 9 }, Cardinality = 7, Nodes = [], State = RoleState.Done, NextVmNumber = 0 }],
            State = ServiceState.Done,
            Log = [],
        };
        service.Tell(new DefinitionChanged(wanted));
        Assert.Null(service.Refusal);
        Assert.True(service.Service.Definition.AutomaticDeletion);
        Assert.Equal(role with { Definition = role.Definition with { Cooldown = 9 } }, service["db"]);
        Assert.Equal((before.State, before.Log), (service.Service.State, service.Service.Log));

        service.Tell(new DefinitionChanged(wanted with { Roles = [] }));
        Assert.Equal(role.Nodes, service["db"].Nodes);
        Assert.Empty(service.Ordered());
    }

    [Fact, Trait("Case", "lifecycle-29")]
    public void An_update_has_to_wait_while_something_goes_on()
    {
        var service = new TestService(TestService.None, TestService.Role("db", 1));
        service.Tell(new DefinitionChanged(service.Service));
        Assert.Equal("Service cannot be updated in state: DEPLOYING", service.Refusal?.Message);
    }

    [Fact, Trait("Defect", "B14")]
    public void B14_a_service_that_waits_needs_nothing_but_to_be_told_when()
    {
        TestService service = Running();
        Assert.Null(ServiceMachine.NextWake(service.Service));
        service.Tell(new ScaleRequested("db", 3, Cooldown: TimeSpan.FromMinutes(5)));
        Assert.Null(ServiceMachine.NextWake(service.Service));
        service.Deploy();
        Assert.Equal(service.Now.AddMinutes(5), ServiceMachine.NextWake(service.Service));
        service.Waits(TimeSpan.FromMinutes(5));
        Assert.Null(ServiceMachine.NextWake(service.Service));
    }

    private static TestService Running()
    {
        TestService service = new TestService(TestService.None, TestService.Role("db", 2)).Deploy();
        service.Ordered();
        return service;
    }
}
