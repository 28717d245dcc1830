using OneEdge.Flow.Elasticity;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Elasticity;

public sealed class VmAttributesTests
{
    [Fact]
    public void Newest_measurement_of_each_machine_is_found()
    {
        VmMonitoring[] measurements = [Measured(1, 100, 1), Measured(2, 100, 2), Measured(1, 300, 3), Measured(1, 200, 4), new VmMonitoring()];
        IReadOnlyDictionary<int, VmMonitoring> newest = VmAttributes.Newest(measurements);
        Assert.Equal([1, 2], newest.Keys.Order());
        Assert.Equal(3, newest[1].Cpu);
    }

    [Fact]
    public void Measurements_that_came_with_the_machine_count_unless_there_are_newer_ones()
    {
        VirtualMachine machine = Machine("<MONITORING><CPU>10</CPU><PROBE>7</PROBE><TIMESTAMP>5</TIMESTAMP></MONITORING>");
        Assert.Equal(10, new VmAttributes(machine).Number("CPU"));
        Assert.Equal(7, new VmAttributes(machine).Number("PROBE"));
        Assert.Equal(20, new VmAttributes(machine, Measured(1, 9, 20)).Number("CPU"));
        Assert.Null(new VmAttributes(machine, Measured(1, 9, 20)).Number("PROBE"));
    }

    [Fact]
    public void First_container_that_has_the_name_decides_also_when_it_has_no_number()
    {
        VirtualMachine machine = Machine(
            "<MONITORING><A>1</A><B>2</B></MONITORING><TEMPLATE><A>10</A><B>20</B><C><X>1</X></C><D>4</D><D>5</D></TEMPLATE>"
            + "<USER_TEMPLATE><A><![CDATA[]]></A><D>9</D></USER_TEMPLATE>");
        var attributes = new VmAttributes(machine);
        Assert.Null(attributes.Number("A"));
        Assert.Equal(2, attributes.Number("B"));
        Assert.Null(attributes.Number("C"));
        Assert.Equal(9, attributes.Number("D"));
        Assert.Equal(1, attributes.Number("ID"));
        Assert.Null(attributes.Number("TEMPLATE"));
        Assert.Null(attributes.Number("NOTHING"));
    }

    [Fact]
    public void Machine_that_was_not_read_from_an_answer_has_what_it_was_made_of()
    {
        var machine = new VirtualMachine
        {
            Id = 7,
            Name = "12 monkeys",
            State = VmState.Active,
            LcmState = LcmState.Running,
            UserTemplate = StoredTemplate.Parse("QUEUE = 5"),
            Monitoring = new VmMonitoring { Values = StoredTemplate.Parse("CPU = 80") },
        };
        var attributes = new VmAttributes(machine);
        Assert.True(attributes.IsRunning);
        string[] names = ["ID", "NAME", "STATE", "LCM_STATE", "QUEUE", "CPU"];
        Assert.Equal([7d, 12, 3, 3, 5, 80], names.Select(n => attributes.Number(n)!.Value));
        Assert.Null(attributes.Number("DEPLOY_ID"));
    }

    [Fact]
    public void Number_too_large_to_measure_with_is_none()
    {
        Assert.Null(new VmAttributes(Machine("<USER_TEMPLATE><A>1e999</A></USER_TEMPLATE>")).Number("A"));
    }

    [Fact]
    public void Machines_of_a_role_that_are_gone_or_do_not_run_do_not_count()
    {
        var role = new Role
        {
            Cardinality = 3,
            Definition = new RoleDefinition { Name = "r", VmTemplate = 0 },
            Nodes = [new RoleNode { VmId = 1 }, new RoleNode { VmId = 2 }, new RoleNode { VmId = 3 }],
        };
        var running = new VmAttributes(Machine(""));
        var halted = new VmAttributes(VirtualMachine.ParseXml("<VM><ID>2</ID><STATE>8</STATE><LCM_STATE>0</LCM_STATE></VM>"));
        VmValues values = VmValues.Of(role, id => id switch { 1 => running, 2 => halted, _ => null });
        Assert.Equal(1, values.Count);
        Assert.Equal(1, values.Get(0, "ID"));
    }

    private static VirtualMachine Machine(string rest) =>
        VirtualMachine.ParseXml($"<VM><ID>1</ID><NAME>vm</NAME><STATE>3</STATE><LCM_STATE>3</LCM_STATE>{rest}</VM>");

    private static VmMonitoring Measured(int id, int time, int cpu) =>
        VirtualMachine.ParseXml(
            $"<VM><ID>1</ID><STATE>3</STATE><LCM_STATE>3</LCM_STATE><MONITORING><ID>{id}</ID><TIMESTAMP>{time}</TIMESTAMP><CPU>{cpu}</CPU></MONITORING></VM>")
        .Monitoring!;
}
