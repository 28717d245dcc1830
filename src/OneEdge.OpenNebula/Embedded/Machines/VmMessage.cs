using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Publishes the changes of state of machines: by id, by state, and for the service that a machine is of.</summary>
internal static class VmMessage
{
    public static void Publish(EventOutlet events, CloudVm vm, XmlView view)
    {
        if (!events.IsObserved) return;
        (string state, string lcm) = (StateNames.Of(vm.State), StateNames.Of(vm.Lcm));
        string? service = vm.UserTemplate.Get("SERVICE_ID");
        string? written = null;
        string Payload() => written ??= Write(vm, state, lcm, service, view);
        events.Publish(string.Create(CultureInfo.InvariantCulture, $"EVENT VM {vm.Id}/{state}/{lcm} "), Payload);
        events.Publish(string.Create(CultureInfo.InvariantCulture, $"EVENT STATE VM/{state}/{lcm}/{vm.Id} "), Payload);
        if (service is not null) events.Publish($"EVENT SERVICE {service} ", Payload);
    }

    private static string Write(CloudVm vm, string state, string lcm, string? service, XmlView view) => XmlText.Of(xml =>
    {
        xml.Open("HOOK_MESSAGE");
        xml.Element("HOOK_TYPE", "STATE");
        xml.Element("HOOK_OBJECT", "VM");
        xml.Element("STATE", state);
        xml.Element("LCM_STATE", lcm);
        xml.Element("RESOURCE_ID", vm.Id);
        if (service is not null) xml.Element("SERVICE_ID", service);
        if (vm.Stay is { } stay) xml.Element("REMOTE_HOST", stay.Host.Name);
        else xml.Nothing("REMOTE_HOST");
        vm.Write(xml, view);
        xml.Close("HOOK_MESSAGE");
    });
}
